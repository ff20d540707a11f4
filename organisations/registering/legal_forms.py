"""Legal forms of organisations and the letters that stand for them in a short name."""

from __future__ import annotations

#: The longer ones first, of which others are a part.
_FORMS = {
    "об’єднання співвласників багатоквартирного будинку": "ОСББ",
    "товариство з обмеженою відповідальністю": "ТОВ",
    "товариство з додатковою відповідальністю": "ТДВ",
    "приватне акціонерне товариство": "ПрАТ",
    "публічне акціонерне товариство": "ПАТ",
    "акціонерне товариство": "АТ",
    "комунальне некомерційне підприємство": "КНП",
    "комунальне підприємство": "КП",
    "державне підприємство": "ДП",
    "приватне підприємство": "ПП",
    "фермерське господарство": "ФГ",
    "благодійна організація": "БО",
    "громадська організація": "ГО",
    "громадська спілка": "ГС",
    "фізична особа – підприємець": "ФОП",
    "фізична особа-підприємець": "ФОП",
}
_APOSTROPHES = str.maketrans(dict.fromkeys("'ʼ`", "’"))


def shorten_legal_form(name: str) -> str:
    """«Товариство з обмеженою відповідальністю «Тераса»» as «ТОВ «Тераса»»; a name that begins with
    no form known here as it is."""
    begins = name.translate(_APOSTROPHES).lower()
    for form, letters in _FORMS.items():
        if begins.startswith(f"{form} "):
            return f"{letters} {name[len(form) :].strip()}"
    return name
