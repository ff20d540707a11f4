"""Models of notifications: mails, followers, activities, channels."""

from notifications.activities.models import Activity as Activity
from notifications.channels.models import BouncedAddress as BouncedAddress
from notifications.channels.models import ChannelPost as ChannelPost
from notifications.channels.models import PushSubscription as PushSubscription
from notifications.following.models import Follower as Follower
from notifications.following.models import Following as Following
from notifications.following.models import Frequency as Frequency
from notifications.following.models import FrequencySetting as FrequencySetting
from notifications.following.models import Kind as Kind
from notifications.sending.models import HeldMail as HeldMail
from notifications.sending.models import Letter as Letter
from notifications.sending.models import Sent as Sent
from notifications.sending.models import Unsubscription as Unsubscription
