"""Sentences of invented drafts in four languages, no two of a text alike.

The lists have lengths without a common divisor: taken in turn, they repeat after thousands.
"""

from __future__ import annotations

_UK = {
    "subjects": """Виконавчий комітет|Міська рада|Постійна комісія|Уповноважений орган
        |Балансоутримувач|Управитель будинку|Керівник закладу|Секретар зборів|Наглядова рада
        |Робоча група|Власник майна|Оператор мережі|Архівний відділ""",
    "verbs": """оприлюднює|погоджує|переглядає|перевіряє|готує|передає|зберігає|оцінює
        |оновлює|зупиняє|доповнює""",
    "objects": """перелік зупинок громадського транспорту|графік поливу квітників
        |схему руху вантажівок|звіт про стан мостів|кошторис ремонту фонтана
        |паспорт дитячого майданчика|план посадки каштанів|реєстр міських джерел
        |опис меморіальної дошки|журнал нічних чергувань|акт огляду підпірної стіни
        |проєкт вуличного освітлення|список почесних гостей|розклад роботи бібліотек
        |договір оренди павільйону|карту шумового навантаження|каталог старих вивісок""",
    "tails": """не пізніше десяти днів|за зверненням мешканців|у порядку черговості
        |до початку сезону|разом із власником мережі|без додаткової плати
        |на підставі акта огляду""",
    "acts": """складання|погодження|ведення|перевірка|оновлення|видача|облік|зберігання
        |передавання|оцінювання|перегляд""",
    "genitives": """плану озеленення скверів|карти велосипедних доріжок
        |переліку аварійних дерев|графіка вивезення листя|звіту про тарифи
        |паспорта спортивної зали|договору охорони пам'яток|довідки про стан криниць
        |журналу обходів набережної|схеми розміщення лавок|опису паркової скульптури
        |кошторису зимового утримання|реєстру двірницьких дільниць
        |каталогу туристичних стежок|розкладу шкільних маршрутів|висновку про стан ліфтів
        |протоколу вуличних зборів""",
    "titles": """Загальні положення|Мета і завдання|Права мешканців|Обов'язки сторін
        |Порядок подання заявок|Строки розгляду|Фінансове забезпечення|Облік і звітність
        |Контроль виконання|Відповідальність|Розгляд спорів|Прикінцеві приписи
        |Умови користування|Вимоги до приміщень|Утримання мереж|Охорона довкілля
        |Обмін відомостями|Склад комісії|Порядок голосування""",
}
_RU = {
    "subjects": """Команда участников|Совет капитанов|Координатор проекта|Главный судья
        |Секретарь совета|Ведущий инженер|Группа наставников|Казначей команды
        |Куратор площадки|Заказчик работ|Общее собрание|Дежурный механик|Руководитель кружка""",
    "verbs": """утверждает|проверяет|ведёт|готовит|передаёт|хранит|обсуждает|обновляет
        |публикует|дополняет|отменяет""",
    "objects": """список запасных деталей|календарь пробных заездов|смету зимнего лагеря
        |карту опасных участков|журнал учёта инструментов|отчёт о поездках
        |описание учебного стенда|расписание дежурств|план осеннего ремонта
        |альбом схем крепления|перечень спонсоров клуба|заявку на аренду зала
        |протокол пробных пусков|ведомость взносов|таблицу личных рекордов
        |архив снимков похода|договор с мастерской""",
    "tails": """до конца недели|по просьбе участников|в порядке очереди
        |без отдельного решения|вместе с наставником|за счёт взносов|после общего сбора""",
    "acts": """проверка|подготовка|хранение|обсуждение|передача|замена|учёт|выдача|оценка
        |настройка|уборка""",
    "genitives": """учебного стенда|набора крепежа|плана поездки|списка участников
        |журнала дежурств|гоночной тележки|сварочного поста|походной кухни|летней мастерской
        |таблицы рекордов|сметы лагеря|карты участка|запасного двигателя|рабочей одежды
        |архива снимков|складской полки|заявки клуба""",
    "titles": """Общие положения|Цели команды|Состав и роли|Права участников
        |Обязанности капитана|Порядок собраний|Взносы и расходы|Хранение имущества
        |Безопасность работ|Споры и решения|Заключительные правила|Связь с прессой
        |Приём новичков""",
}
_PL = {
    "subjects": """Zarząd związku|Walne zgromadzenie|Komisja rewizyjna|Skarbnik oddziału
        |Rada programowa|Sekretarz zarządu|Prezes związku|Sąd koleżeński|Delegat okręgu
        |Kierownik biura|Opiekun koła|Przewodniczący obrad|Zespół doradców""",
    "verbs": """uchwala|ogłasza|sprawdza|prowadzi|przekazuje|ocenia|zatwierdza|uzupełnia
        |przechowuje|zmienia|odwołuje""",
    "objects": """plan pracy oddziałów|wykaz członków wspierających|rejestr składek rocznych
        |kalendarz zjazdów|regulamin świetlicy|sprawozdanie z obozu|umowę najmu lokalu
        |program szkoleń zimowych|księgę pamiątkową|preliminarz wydatków|listę delegatów
        |protokół oględzin|wzór legitymacji|statut funduszu|arkusz oceny kursu
        |mapę szlaków rowerowych|opis sztandaru""",
    "tails": """w ciągu miesiąca|na wniosek członków|za zgodą rady|przed końcem roku
        |zwykłą większością|bez zbędnej zwłoki|po zasięgnięciu opinii""",
    "acts": """prowadzenie|wydawanie|ocena|przegląd|ogłaszanie|zmiana|przekazanie|ochrona
        |organizacja|wspieranie|naprawa""",
    "genitives": """planu szkoleń|rejestru składek|świetlicy dziecięcej|kroniki związku
        |biuletynu okręgu|zjazdu młodych|funduszu pomocy|wystawy zdjęć|obozu letniego
        |biblioteki koła|konkursu wiedzy|szlaku pieszego|archiwum listów|programu stypendiów
        |sztandaru związku|kalendarza imprez|lokalu biura""",
    "titles": """Postanowienia ogólne|Cele i środki|Członkowie związku|Władze związku
        |Majątek i fundusze|Zmiana statutu|Zgłoszenia uczestników|Trasa biegu
        |Opłata startowa|Nagrody|Postanowienia końcowe|Bezpieczeństwo|Biuro zawodów""",
}
_EN = {
    "subjects": """The senate|The standing committee|The registrar|The harbour board
        |Each delegate|The treasurer|The presiding officer|The library council
        |The review panel|The secretary|The general assembly|The appointed auditor
        |The grants office""",
    "verbs": """reviews|publishes|adopts|records|forwards|keeps|amends|confirms|assesses
        |returns|suspends""",
    "objects": """the calendar of plenary sessions|the roll of visiting fellows
        |the budget of the orchard|the plan of the boathouse|the register of gifts
        |the minutes of the forum|the map of quiet rooms|the list of emeritus members
        |the schedule of field trips|the catalogue of maps|the report on heating
        |the lease of the observatory|the award for teaching|the code of the workshop
        |the inventory of pianos|the charter of the choir|the survey of footpaths""",
    "tails": """within thirty days|at the request of members|in order of receipt
        |by simple majority|without further notice|before the spring term
        |with written reasons""",
    "acts": """keeping|review|publication|renewal|transfer|approval|repair|assessment
        |display|storage|correction""",
    "genitives": """of the members' roll|of the spring calendar|of the archive shelves
        |of the ballot papers|of the garden tools|of the lecture hall|of the visitors' book
        |of the scholarship fund|of the rowing boats|of the museum cases
        |of the annual survey|of the seminar rooms|of the printed minutes
        |of the choir scores|of the tenancy papers|of the weather station
        |of the laboratory stores""",
    "titles": """Name and purpose|Membership|Officers of the board|Meetings and quorum
        |Standing committees|Elections|Finance and audit|Records|Amendments|Rules of order
        |Indemnity|Grievances|Dissolution|Fellowships|Library and archive""",
}
_BANKS = {"uk": _UK, "ru": _RU, "pl": _PL, "en": _EN}


class Phrases:
    """Sentences, items and titles of one language, in turn; `start` shifts where they begin."""

    def __init__(self, language: str, start: int = 0) -> None:
        self._bank = {
            name: [" ".join(phrase.split()) for phrase in phrases.split("|")]
            for name, phrases in _BANKS[language].items()
        }
        self._taken = {"sentence": start, "item": start, "title": start}

    def _next(self, kind: str, *lists: str) -> list[str]:
        at = self._taken[kind]
        self._taken[kind] += 1
        return [self._bank[name][at % len(self._bank[name])] for name in lists]

    def sentence(self) -> str:
        """Return a whole sentence: it begins with a capital and ends with a full stop."""
        return " ".join(self._next("sentence", "subjects", "verbs", "objects", "tails")) + "."

    def item(self, end: str = ";") -> str:
        """Return an item of a list: small letters, a semicolon at its end."""
        return " ".join(self._next("item", "acts", "genitives", "tails")) + end

    def title(self) -> str:
        """Return the title of a section."""
        return self._next("title", "titles")[0]
