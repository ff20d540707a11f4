// A video that plays on this page goes to the second of the link that is pressed, and stops where its item
// ended. Where the video stands elsewhere the links lead there.
const video = document.getElementById("video");
let until = Infinity;

if (video) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-video-second]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    until = Number(link.dataset.videoUntil ?? Infinity);
    video.currentTime = Number(link.dataset.videoSecond);
    video.play();
    video.scrollIntoView({ block: "nearest" });
  });
  video.addEventListener("timeupdate", () => {
    if (video.currentTime < until) return;
    until = Infinity;
    video.pause();
  });
  video.addEventListener("seeking", () => {
    if (video.currentTime > until) until = Infinity; // the viewer goes on by themselves
  });
}
