"""Add the glossary at /about/glossary/: what a newcomer to the city or the country should know."""

from django.db import migrations

REASON = "Початковий текст, що постачається з платформою"
SLUG = "glossary"

UKRAINIAN = """
Коротко про слова, які трапляються на сайті. Сторінка є й англійською: для тих, хто вивчає українську або недавно живе в громаді.

# Як узяти участь

- **Консультація** – рада показує проєкт рішення, люди залишають зауваження до його пунктів, рада на кожне відповідає.
- **Зауваження** – ваші слова про пункт проєкту. Рада каже, чи врахувала їх, і пояснює чому.
- **Петиція** – прохання до ради, яке інші підписують. Коли підписів досить, рада мусить його розглянути й відповісти публічно.
- **Голосування (опитування)** – питання ради до мешканців. Результат вона враховує, але вирішує сама.
- **Звернення** – пропозиція, заява чи скарга однієї або кількох людей. Відповідь – у строк, який визначає закон.
- **Запит на інформацію** – прохання дати документ або відомості, які має рада.

# Хто є хто

- **Віче** – колись збори всіх мешканців міста, які разом вирішували спільні справи. Звідси назва платформи.
- **Територіальна громада** – люди міста, селища чи кількох сіл зі спільною радою. Громадою звуть і саму територію.
- **Рада** – виборний орган громади: депутати, яких обирають на п’ять років.
- **Сесія** – засідання (або кілька) усієї ради, на якому ухвалюють рішення.
- **Постійна комісія** – депутати, які готують питання однієї галузі до сесії.
- **Голова** – міський, селищний чи сільський голова: його обирають усі виборці. Він веде засідання ради й керує виконкомом.
- **Виконком**, виконавчий комітет – виконавчий орган ради. Йому підпорядковані департаменти й управління.
- **Староста** – посадова особа, яка представляє села чи селища громади.
- **ЦНАП** – центр надання адміністративних послуг: довідки, реєстрація місця проживання, дозволи.

# Номери законів

- **280/97-ВР** – про місцеве самоврядування: рада, голова, виконком, як ухвалюють рішення.
- **393/96-ВР** – про звернення громадян; стаття 23-1 – про електронні петиції.
- **2939-VI** – про доступ до публічної інформації: запити й оприлюднення проєктів.
- **3841-IX** – про публічні консультації; ще не набрав чинності.
- **389-VIII** – про правовий режим воєнного стану.
- **2297-VI** – про захист персональних даних.
"""

ENGLISH = """
The words that you will meet on this site, for people who are new to the city or still learning Ukrainian. Write in Ukrainian if you can: by law it is the language in which the council works and answers.

# Ways to take part

- **Consultation** (консультація): the council shows the draft of a decision, people comment on its clauses, and the council answers each comment.
- **Remark** (зауваження): your words about a clause of a draft. The council says whether it took them into account, and why.
- **Petition** (петиція): a request to the council that others sign. With enough signatures the council has to consider it and answer in public.
- **Poll** (голосування, опитування): a question from the council to residents. It is advisory: the council takes the result into account and decides itself.
- **Appeal** (звернення): a proposal, an application or a complaint by one person or several, with a legal deadline for the answer. It is not an appeal to a court.
- **Request for information** (запит на інформацію): you ask for a document or facts that the council holds.

# Who is who

- **Viche** (віче): in old towns, the assembly of all townspeople that decided common matters. The platform is named after it.
- **Hromada** (територіальна громада): the community of a city, a settlement or several villages with one council, and its territory.
- **Council** (рада): the elected body of the community. Its deputies are elected for five years.
- **Session** (сесія): the plenary meetings of the whole council, where decisions are adopted.
- **Standing committee** (постійна комісія): deputies who prepare matters of one field for the session.
- **Holova** (голова): the mayor, elected by all voters. The mayor chairs the council and heads the executive committee. «Голова» alone also means the chair of any body.
- **Vykonkom** (виконком, виконавчий комітет): the executive committee, which carries out decisions. The council’s departments (департамент, управління, відділ) work under it.
- **Starosta** (староста): the official who represents the villages or settlements of the community.
- **TsNAP** (ЦНАП): the office for administrative services: certificates, registration of residence, permits.

# Numbers of laws

Laws are cited by number; their texts are at [zakon.rada.gov.ua](https://zakon.rada.gov.ua/).

- **280/97-ВР**: local self-government – the council, the mayor, the executive committee, how decisions are adopted.
- **393/96-ВР**: citizens’ appeals; article 23-1 is about electronic petitions.
- **2939-VI**: access to public information – requests, and publishing drafts before they are considered.
- **3841-IX**: public consultations; not in force yet.
- **389-VIII**: martial law.
- **2297-VI**: protection of personal data.
"""


def add_glossary(apps, _schema_editor):
    page_model = apps.get_model("newsroom", "Page")
    version_model = apps.get_model("newsroom", "PageVersion")
    if page_model.objects.filter(slug=SLUG).exists():
        return
    page = page_model.objects.create(slug=SLUG, place=70)
    page.current = version_model.objects.create(
        page=page,
        number=1,
        title="Словник",
        text=UKRAINIAN.strip(),
        title_en="Glossary for newcomers",
        text_en=ENGLISH.strip(),
        reason=REASON,
    )
    page.save(update_fields=["current"])


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0003_standard_pages")]

    # The way back leaves the page as it is: it may hold the council's words.
    operations = [
        migrations.RunPython(add_glossary, migrations.RunPython.noop, elidable=False)
    ]
