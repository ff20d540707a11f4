// The service worker of web push (notifications/channels/push): it shows what was pushed and opens the
// page that it leads to. It caches nothing and answers no request.
self.addEventListener("push", (event) => {
  let message = {};
  try {
    message = event.data?.json() ?? {};
  } catch {
    return; // not ours
  }
  if (!message.title) return;
  const { body, tag, lang, url } = message;
  event.waitUntil(self.registration.showNotification(message.title, { body, tag, lang, data: { url } }));
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const target = new URL(event.notification.data?.url ?? "/", self.location.origin);
  if (target.origin !== self.location.origin) return;
  event.waitUntil(self.clients.openWindow(target.href));
});
