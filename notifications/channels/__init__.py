"""Channels besides mail (web push, Telegram), and bounces of mails."""
