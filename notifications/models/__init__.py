"""Models of notifications: mails, followers, activities, channels."""

from notifications.models.activity import Activity as Activity
from notifications.models.channels import BouncedAddress as BouncedAddress
from notifications.models.channels import ChannelPost as ChannelPost
from notifications.models.channels import PushSubscription as PushSubscription
from notifications.models.following import Follower as Follower
from notifications.models.following import Following as Following
from notifications.models.following import Frequency as Frequency
from notifications.models.following import FrequencySetting as FrequencySetting
from notifications.models.following import Kind as Kind
from notifications.models.mails import HeldMail as HeldMail
from notifications.models.mails import Letter as Letter
from notifications.models.mails import Sent as Sent
from notifications.models.mails import Unsubscription as Unsubscription
