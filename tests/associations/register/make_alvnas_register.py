"""Makes the register that Älvnäs, an invented town, sends in the demo: 304 rows, the same every time.

    python tests/associations/register/make_alvnas_register.py

295 associations and 9 rows too many (3 of each kind); 241 can be reached by e-mail, 36 by letter only, 18 not at
all. Nobody in it exists: addresses end in .example, telephone numbers are of series kept for fiction, organisation
numbers of the series 899999, the one personnummer is the tax agency's public test person.
"""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

TARGET = Path(__file__).parents[3] / "src/brobygget/operations/demo/alvnas_register.csv"
COLUMNS = [
    "Fören.nr", "Föreningsnamn", "Kategori", "Verksamhet", "Org.nr", "Medlemmar", "c/o", "Gatuadress", "Postnr", "Postort",
    "Telefon", "E-post", "Hemsida", "Kontaktperson", "Funktion", "Tel kontakt", "Ålder", "Tillgänglighet", "Språk", "Träffas",
    "Lokal", "Medlemsavgift", "Prova på", "Fritidskort", "Publik kontakt", "Senast ändrad", "Övr. info",
]  # fmt: skip
VILLAGES = [
    "Granbacka", "Kallnäs", "Lillådalen", "Tallberga", "Åmynnet", "Rönnholm", "Storheden", "Bäckmyra", "Näsudden", "Skogslunda",
    "Ytterbrännan",
]  # fmt: skip
# name | category | activities | ages | fee | what they say
TOWN = """Älvnäs hembygdsförening|Kulturförening|Hembygdsarbete, våffelcafé|alla|150|Gamla hus, våfflor och berättelser. Alla hjälper till.
Älvnäs IF|Idrottsförening|Fotboll|6-19|700|Träning för flickor och pojkar, alla får spela.
Älvnäs Damfotboll|Idrottsförening|Damfotboll|15+|800|Vi söker nya spelare, inga förkunskaper behövs.
Gåfotboll Älvnäs|Idrottsförening|Gåfotboll|50+|100|Fotboll i promenadtakt.
Älvnäs Hockeyklubb|Idrottsförening|Ishockey|5-20|1400|Utrustning finns att låna första året.
Älvnäs Konståkningsklubb|Idrottsförening|Konståkning, skridskor|4-18|900|Skridskoskola på lördagar.
Näsets Innebandyklubb|Idrottsförening|Innebandy|7-40|650|Motionslag för vuxna på söndagar.
Älvnäs Basket|Idrottsförening|Basket|8-25|600|Träning på lätt svenska och engelska.
Älvnäs Volleyboll|Idrottsförening|Volleyboll|13-60|500|Mixlag, alla nivåer.
Handbollsklubben Forsen|Idrottsförening|Handboll|7-18|700|Flick- och pojklag.
Cricketklubben Älvnäs|Idrottsförening|Cricket|12+|300|Sommar på fältet, vinter i hallen.
Älvnäs Tennisklubb|Idrottsförening|Tennis, padel|6-80|900|Kurser varje termin.
Bordtennisklubben Smashen|Idrottsförening|Bordtennis|8-80|400|Racket finns att låna.
Älvnäs Badmintonklubb|Idrottsförening|Badminton|10+|500|Motionsspel på torsdagar.
Älvnäs Boulevänner|Pensionärsförening|Boule|55+|200|Boule och kaffe.
Älvnäs Golfklubb|Idrottsförening|Golf|8+|2500|Prova på hela maj.
Bowlinggänget Älvnäs|Idrottsförening|Bowling|10+|300|Vi spelar och fikar.
Kraftsporten Älvnäs|Idrottsförening|Styrketräning, tyngdlyftning|15+|1200|Öppet gym med värd.
Älvnäs Gymnastikförening|Idrottsförening|Gymnastik, parkour|3-18|850|Barn och föräldrar tillsammans.
Löparklubben Milen|Idrottsförening|Löpning|12+|250|Alla tempon, vi väntar in varandra.
Älvnäs Friidrottsklubb|Idrottsförening|Friidrott|7-25|500|Friidrottsskola varje vår.
Simklubben Älvnäs|Idrottsförening|Simning, simskola|5+|950|Simskola för barn och vuxna. Egen grupp för kvinnor.
Yogastunden Älvnäs|Idrottsförening|Yoga, qigong|16+|400|Lugn yoga, mattor finns.
Cykelklubben Ekern|Idrottsförening|Cykling, mountainbike|10+|300|Turer varje onsdag.
Älvnäs Judoklubb|Idrottsförening|Judo|6-60|750|Dräkt finns att låna.
Älvnäs Taekwondo|Idrottsförening|Taekwondo|7-45|800|Kampsport för hela familjen.
Boxningsklubben Älvnäs|Idrottsförening|Boxning|12-50|700|Motionsboxning utan sparring.
Brottarklubben Granit|Idrottsförening|Brottning|6-30|400|Lek och teknik för de små.
Promenadgruppen Älvnäs|Idrottsförening|Promenad, stavgång|alla|gratis|Vi går en timme och fikar efteråt.
Parasport Älvnäs|Idrottsförening|Parasport, rullstolsbasket|8+|200|Ledsagare går gratis.
Korpen Älvnäs|Idrottsförening|Gruppträning, zumba|16+|600|Kom som du är.
Älvnäs Skidklubb|Idrottsförening|Längdskidor, skidskytte|6+|400|Skidor finns att låna.
Alpina klubben Toppen|Idrottsförening|Slalom, snowboard|6-25|900|Träning i Brantbacken.
Älvnäs Bandyklubb|Idrottsförening|Bandy|6-40|500|Bandyskola varje söndag.
Curlingklubben Stenen|Idrottsförening|Curling|10+|450|Prova på, skor finns.
Älvnäs Skoterklubb|Intresseförening|Skoter|15+|300|Vi sköter lederna.
Friluftsvännerna Älvnäs|Friluftsförening|Friluftsliv, vandring|alla|350|Vi går i skog och på fjäll.
Orienteringsklubben Kartan|Idrottsförening|Orientering|8+|300|Lär dig hitta i skogen.
Älvnäs Sportfiskare|Intresseförening|Sportfiske|8+|250|Spön finns, vi visar hur man gör.
Älvnäs Jaktvårdsförening|Intresseförening|Jakt, viltvård|18+|400|Kurs för jägarexamen varje vinter.
Älvnäs Skytteklubb|Idrottsförening|Skytte|10+|350|Luftgevär för nybörjare.
Bågskyttarna Pilen|Idrottsförening|Bågskytte|8+|300|Båge finns att låna.
Scoutkåren Ripan|Barn- och ungdomsförening|Scouting|8-19|300|Äventyr, lek och läger.
Älvnäs Ridklubb|Idrottsförening|Ridning, ridskola|6+|1500|Ridskola och stallgrupp.
Brukshundklubben Älvnäs|Intresseförening|Brukshund, agility|10+|400|Kurser för hund och ägare.
Fågelklubben Tjädern|Naturförening|Fågelskådning|10+|150|Kikare finns att låna.
Älvnäs Båtsällskap|Intresseförening|Båtliv, segling|10+|500|Kom med ut på älven.
Kanotklubben Älvnäs|Idrottsförening|Kanot|10+|350|Kanoter och västar finns.
Svamp- och bärklubben|Intresseförening|Svamp, bärplockning|alla|100|Turer i augusti och september.
Naturskyddarna i Älvnäs|Naturförening|Naturvård|alla|200|Vi slår ängar och räknar fjärilar.
Motorklubben Älvnäs|Idrottsförening|Motocross, enduro|12+|450|Träning på banan i Storheden.
Folkracegänget Skruven|Idrottsförening|Folkrace|15+|300|Vi mekar och kör.
Kören Älvklang|Kulturförening|Körsång|16+|400|Vi sjunger på många språk.
Gospelkören Glöd|Kulturförening|Gospel|15+|350|Inga noter behövs.
Älvnäs Musikkår|Kulturförening|Musikkår, orkester|12+|300|Instrument att låna.
Stråkgruppen Älvnäs|Kulturförening|Orkester|10+|250|Fiol och cello.
Replokalen Källaren|Kulturförening|Replokal, rockmusik|13-25|100|Spela och spela in.
Rockföreningen Volym|Kulturförening|Rock, musikarrangör|15+|150|Vi ordnar konserter.
Spelmanslaget Älven|Kulturförening|Folkmusik|15+|200|Fiol och nyckelharpa.
Folkdansgillet Ringen|Kulturförening|Folkdans, gammaldans|10+|200|Ingen partner behövs.
Dansklubben Takt|Kulturförening|Bugg, linedance|12+|500|Nybörjarkurs varje termin.
Salsa Älvnäs|Kulturförening|Salsa|16+|400|Öppen dans på fredagar.
Streetdance Älvnäs|Kulturförening|Streetdance, hiphop|8-25|400|Klasser på tre nivåer.
Teaterföreningen Kulissen|Kulturförening|Amatörteater, revy|13+|250|Scen, kostym eller ljus.
Älvnäs Filmstudio|Kulturförening|Filmstudio|15+|200|Film från hela världen.
Fotoklubben Slutaren|Kulturförening|Foto|14+|300|Fotopromenader och bildvisning.
Konstföreningen Färg och form|Kulturförening|Måleri, utställning|12+|200|Måla tillsammans, material finns.
Läsecirkeln på biblioteket|Kulturförening|Bokcirkel, läsning|16+|gratis|Vi läser en bok i månaden.
Skrivarklubben Bläck|Kulturförening|Skrivande, poesi|16+|100|Skriv på vilket språk du vill.
Släktforskarna i Älvnäs|Kulturförening|Släktforskning|alla|150|Vi hjälper nybörjare.
Arrangörsföreningen Torget|Kulturförening|Kulturarrangemang, marknad|alla|100|Marknad två gånger om året.
Syjuntan Stygnet|Intresseförening|Sömnad|10+|gratis|Symaskiner och tyg finns.
Stickcaféet Maskan|Intresseförening|Stickning, handarbete|alla|gratis|Garn och kaffe.
Vävstugan Skytteln|Kulturförening|Vävning, hemslöjd|16+|250|Vävstolar finns.
Träslöjdarna|Intresseförening|Träslöjd, snickeri|10+|300|Verktyg och virke finns.
Keramikverkstaden Leran|Intresseförening|Keramik, drejning|12+|350|Drejskivor för nybörjare.
Cykelköket Älvnäs|Intresseförening|Cykelkök, reparation|10+|gratis|Laga din cykel med oss.
Fixarverkstan|Intresseförening|Fixarverkstad|alla|gratis|Vi lagar kaffekokare och kläder.
Veteranbilsklubben Krom|Intresseförening|Veteranbil, bilmekning|15+|300|Mek i garaget på måndagar.
Matlaget Gemensamt bord|Intresseförening|Matlagning|alla|gratis|Vi lagar mat från olika länder.
Bagarstugans vänner|Intresseförening|Bagarstuga, bakning|alla|100|Tunnbröd på det gamla sättet.
Odlarföreningen Spaden|Intresseförening|Odling, koloni|alla|100|En lott kostar hundra kronor.
Älvnäs Biodlare|Intresseförening|Biodling|12+|250|Kurs varje vår.
Café Mötet|Ideell förening|Café|alla|gratis|Kaffe och prat, alla språk.
Älvnäs Schacksällskap|Intresseförening|Schack|7+|200|Schack för alla åldrar.
Brädspelsklubben Tärningen|Intresseförening|Brädspel|12+|gratis|Vi lär ut reglerna.
Bridgeklubben Trumf|Pensionärsförening|Bridge|16+|300|Nybörjarbord finns.
Rollspelsföreningen Draken|Barn- och ungdomsförening|Rollspel, lajv|13-30|50|Äventyr varje fredag.
Älvnäs Esport|Barn- och ungdomsförening|E-sport|13-25|100|Datorer finns på plats.
Kodklubben Ettan|Barn- och ungdomsförening|Programmering|8-18|gratis|Programmera spel och robotar.
Makerklubben Lödkolven|Intresseförening|Elektronik, robot|10+|200|Bygg något eget.
Sändaramatörerna i Älvnäs|Intresseförening|Amatörradio|14+|250|Vi pratar med hela världen.
Modelljärnvägsklubben Spår|Intresseförening|Modelljärnväg|8+|200|Stor bana i källaren.
Samlarklubben|Intresseförening|Frimärken, mynt|alla|150|Byteskväll första tisdagen.
Språkcaféet Orden|Ideell förening|Språkcafé|alla|gratis|Öva svenska och drick kaffe.
Modersmålsföreningen|Ideell förening|Modersmål, språk|6-18|50|Arabiska och tigrinja på lördagar.
Läxhjälpen Kritan|Ideell förening|Läxhjälp|7-20|gratis|Gratis läxhjälp.
Studiecirkeln i Älvnäs|Ideell förening|Studiecirkel|16+|gratis|Vi lär av varandra.
Föreläsningsföreningen|Ideell förening|Föreläsning, debatt|alla|100|Sex kvällar om året.
Astronomerna i norr|Intresseförening|Astronomi|8+|150|Stjärnkikare finns.
Mentorerna i Älvnäs|Ideell förening|Mentor, jobb|18+|gratis|En timme i veckan.
Seniornet Älvnäs|Pensionärsförening|Digital hjälp|alla|100|Hjälp med mobil och dator.
Första hjälpen-gruppen|Hjälporganisation|Första hjälpen|14+|gratis|Kurser i hjärt-lungräddning.
Missing people-gruppen Älvnäs|Hjälporganisation|Räddning|18+|gratis|Vi övar en gång i månaden.
Second hand Hjärtat|Hjälporganisation|Second hand, återbruk|alla|gratis|Butik med många händer.
Besöksgruppen|Hjälporganisation|Besöksverksamhet|18+|gratis|Vi hälsar på den som är ensam.
Vänfamiljerna i Älvnäs|Ideell förening|Vänfamilj|alla|gratis|En familj möter en annan.
Fredsföreningen i Älvnäs|Ideell förening|Fred, mänskliga rättigheter|15+|100|Samtal och manifestationer.
Klimatgruppen Älvnäs|Naturförening|Klimat|15+|50|Vi byter, lagar och odlar.
Nattvandrarna i Älvnäs|Ideell förening|Nattvandring|18+|gratis|Gula jackor och varm choklad.
Nykterhetslogen Stjärnan|Nykterhetsförening|Nykterhet|alla|50|Alkoholfritt café.
PRO Älvnäs|Pensionärsförening|Pensionär, resor|60+|300|Träffar, resor och körsång.
SPF Seniorerna Älvnäs|Pensionärsförening|Seniorer|55+|320|Program varannan tisdag.
Ungdomsföreningen Loftet|Barn- och ungdomsförening|Ungdomsverksamhet|13-20|gratis|Öppet hus på fredagar.
Familjeföreningen Myran|Barn- och ungdomsförening|Öppen förskola, familj|0-6|50|Lek och sång.
Kvinnoföreningen Systrarna|Ideell förening|Kvinnoförening|16+|gratis|Samtal, mat och utflykter.
Mansgruppen i Älvnäs|Ideell förening|Mansgrupp|18+|gratis|Samtal vid bastun.
Eritreanska föreningen i Älvnäs|Kulturförening|Invandrarförening|alla|100|Kultur, mat och läxhjälp.
Somaliska kulturföreningen|Kulturförening|Kulturförening|alla|100|För barn, föräldrar och unga.
Afghanska vänner|Kulturförening|Etnisk|alla|50|Poesi, mat och musik.
Ukrainska föreningen i Älvnäs|Kulturförening|Kulturförening|alla|gratis|Träffar och hjälp i vardagen.
Finska föreningen|Kulturförening|Finsk|alla|150|Bastu, sång och språk.
Älvnäs kyrkas vänner|Ideell förening|Kyrka|alla|gratis|Öppet hus på onsdagar.
Moskéföreningen i Älvnäs|Ideell förening|Moské|alla|gratis|Öppet hus en gång i månaden.
Funktionsrätt Älvnäs|Ideell förening|Funktionsrätt|alla|100|Vi ordnar utflykter med plats för alla.
Anhörigföreningen|Ideell förening|Anhörig|alla|50|Du är inte ensam.
Regnbågen Älvnäs|Ideell förening|Regnbåge|15+|50|Café varannan torsdag.
Resegruppen Utsikten|Intresseförening|Resor, utflykt|alla|100|Bussresor fyra gånger om året.
Bagartrion Surdegen|Intresseförening|Bakning|10+|50|Bröd från hela världen.
Älvnäs sångfåglar|Kulturförening|Sång|60+|100|Vi sjunger på äldreboendet."""
IN_VILLAGES = """{} byalag|Byaförening|Byalag|alla|100|Fester, loppis och hjälp mellan grannar.
{} IF|Idrottsförening|Fotboll, skidor|6-19|400|Liten klubb där alla får plats.
{} hembygdsgille|Kulturförening|Hembygd|alla|120|Vi vårdar gården och minnena.
Jaktlaget i {}|Intresseförening|Jakt|18+|200|Vi jagar älg och äter tillsammans.
{} skotersällskap|Intresseförening|Snöskoter|15+|250|Vi sköter lederna runt byn.
Pensionärerna i {}|Pensionärsförening|Pensionär|60+|150|Kaffe och gymnastik.
Fiskelaget i {}|Intresseförening|Fiske|alla|150|Nät, båt och rökeri.
{} barnkör|Kulturförening|Barnkör|5-15|gratis|Vi sjunger och leker.
Syföreningen i {}|Intresseförening|Syförening|alla|gratis|Handarbete och högläsning.
Bygdespelet i {}|Kulturförening|Teater|10+|100|Vi spelar utomhus varje sommar.
Bygdegårdens vänner i {}|Byaförening|Bygdegård, fika|alla|100|Fika varje söndag.
{} gymnastikgrupp|Idrottsförening|Gympa|alla|300|Gympa för alla.
Odlarna i {}|Intresseförening|Trädgård|alla|50|Vi byter plantor.
Ungdomsgruppen i {}|Barn- och ungdomsförening|Ungdom|12-20|gratis|Film och spel.
Vävarna i {}|Kulturförening|Vävstuga|16+|150|Två vävstolar och en kaffekokare."""
FIRST_TEXT = "Anna Karin Eva Lars Nils Amina Yonas Olena Göran Åsa Håkan Hodan Selam Mikael Ulla Britt Sven Zahra Per Inger"
FIRST = FIRST_TEXT.split()
LAST_TEXT = "Lindmark Öberg Ström Nyberg Ali Tesfay Ahmadi Hassan Granlund Åström Bäckman Wikström Lundqvist Sandin Forsberg"
LAST = LAST_TEXT.split()
ROLES = ["Ordförande", "Kassör", "Sekreterare", "Kontaktperson"]
STREETS = ["Storgatan", "Älvgatan", "Skolgatan", "Björkvägen", "Industrigatan", "Kyrkvägen", "Strandvägen"]
DAYS = ["måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"]
HALLS = [
    "Folkets Hus",
    "Björkskolans gymnastiksal",
    "Församlingshemmet",
    "Biblioteket",
    "Älvvallen",
    "Gamla skolan",
    "Ungdomens hus",
]
LANGUAGES = [
    "svenska",
    "svenska, engelska",
    "svenska; engelska; arabiska",
    "svenska/engelska/somaliska",
    "svenska, tigrinja",
]
ACCESS = [
    "",
    "Ramp",
    "Ramp, Handikapptoalett",
    "",
    "Ramp, Handikapptoalett, Hiss",
    "Delvis",
    "Ramp, Handikapptoalett, Hörslinga",
]
WITHOUT_CONTACT, BY_LETTER, ASSOCIATIONS = 18, 36, 295


def check_digit(nine: str) -> str:
    total = 0
    for place, digit in enumerate(nine):
        value = int(digit) * (2 - place % 2)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def slug(name: str) -> str:
    plain = name.lower().translate(str.maketrans("åäöé", "aaoe"))
    return "".join(c for c in plain if c.isalnum())


def kinds() -> list[list[str]]:
    town = [line.split("|") for line in TOWN.splitlines()]
    villages = [line.format(village).split("|") for line in IN_VILLAGES.splitlines() for village in VILLAGES]
    return [*town, *villages][:ASSOCIATIONS]


def row(number: int, kind: list[str], chance: random.Random) -> dict[str, str]:
    """One association with everything known about it; what is not known is taken away afterwards."""
    name, category, activities, ages, fee, text = kind
    nine = f"899999{number + 99:03d}"
    org_nr = nine[:6] + "-" + nine[6:] + check_digit(nine)
    village = next((each for each in VILLAGES if each in name), "")
    day, hour = DAYS[number * 3 % 7], 9 + number % 11
    adult = ages in ("alla",) or ages.endswith("+")
    person = f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    return {
        "Fören.nr": f"A{number:04d}",
        "Föreningsnamn": name,
        "Kategori": category,
        "Verksamhet": activities,
        "Org.nr": [org_nr, org_nr.replace("-", ""), org_nr, ""][3 if number % 12 == 7 else number % 3],
        "Medlemmar": str(12 + number * 7 % 190),
        "Gatuadress": f"{village}vägen {number % 40 + 1}"
        if village
        else f"{STREETS[number % 7]} {number % 60 + 1}",
        "Postnr": [f"999 {20 + number % 70:02d}", f"999{20 + number % 70:02d}"][number % 2],
        "Postort": [village or "Älvnäs", (village or "Älvnäs").upper()][number % 9 == 4],
        "Telefon": f"0980-3192 {number % 100:02d}" if number <= 100 else "",
        "E-post": f"info@{slug(name)}.example",
        "Hemsida": ["", f"www.{slug(name)}.example", f"https://{slug(name)}.example"][number % 3],
        "Kontaktperson": person,
        "Funktion": ROLES[number % 4],
        "Tel kontakt": f"070-174 06 {5 + number % 95:02d}" if number % 3 == 0 and number <= 285 else "",
        "Ålder": "Alla" if ages == "alla" else f"{ages} år" if number % 4 == 0 else ages,
        "Tillgänglighet": ACCESS[number % 7],
        "Språk": LANGUAGES[number % 5 if number % 2 else 0],
        "Träffas": [
            f"{day}ar {hour}:00-{hour + 2}:00",
            f"{day[:3].capitalize()} kl {hour}.30-{hour + 1}.30",
            f"första {day} i månaden kl. {hour}:00",
            f"varannan {day[:3]} {hour}-{hour + 2}",
        ][number * 5 % 4],
        "Lokal": f"{village} bygdegård" if village else HALLS[number * 2 % 7],
        "Medlemsavgift": fee if fee == "gratis" else [f"{fee} kr", fee, f"{fee}:-", f"{fee},00"][number % 4],
        "Prova på": ["Ja", "ja", "J", "", "x"][number % 5],
        "Fritidskort": ["", "nej"][number % 2] if adult else "Ja",
        "Publik kontakt": ["Ja", "nej", "", "J"][number % 4],
        "Senast ändrad": f"202{4 + number % 3}-{number % 12 + 1:02d}-{number % 28 + 1:02d}",
        "Övr. info": text,
    }


def register() -> list[dict[str, str]]:
    """The 304 rows in the order of the file."""
    chance = random.Random(20270208)
    rows = [row(number, kind, chance) for number, kind in enumerate(kinds(), start=1)]
    rows[0].update({
        "Medlemmar": "142", "Kontaktperson": "Bengt Nyström", "Funktion": "Kassör", "Publik kontakt": "Ja", "Org.nr": "899999-1006",
        "E-post": "kassor@alvnashembygdsforening.example", "Träffas": "första söndag kl 13.00-15.00", "Lokal": "Hembygdsgården",
        "Språk": "svenska", "Ålder": "Alla", "Tillgänglighet": "Delvis", "Prova på": "Ja",
    })  # fmt: skip
    rows[12]["Ålder"] = "aug-80"  # what a spreadsheet makes of 8-80
    rows[24]["Ålder"] = "jun-60"
    rows[39]["Övr. info"] += " Kassör pnr 121212-1212."
    rows[60]["E-post"] = rows[60]["E-post"].replace("@", "(at)")
    rows[70]["E-post"] += ", kassor@" + slug(rows[70]["Föreningsnamn"]) + ".example"
    rows[80]["Föreningsnamn"] = "  " + rows[80]["Föreningsnamn"] + " "
    rows[95]["Verksamhet"] = "ModersmålSpråkLäsning"
    quiet = chance.sample(range(100, ASSOCIATIONS), WITHOUT_CONTACT + BY_LETTER)
    for place in quiet:
        rows[place].update({"E-post": ["", "saknas"][place % 2], "Hemsida": ""})
    for place in quiet[:WITHOUT_CONTACT]:
        rows[place].update(
            dict.fromkeys(["Telefon", "Tel kontakt", "Gatuadress", "Postnr", "Kontaktperson", "Funktion"], "")
        )
    for place in quiet[WITHOUT_CONTACT : WITHOUT_CONTACT + 11]:
        rows[place]["c/o"] = "c/o " + rows[place]["Kontaktperson"]
    for place, changed in DOUBLES:
        double = {**rows[place], **changed}
        rows.append(double)
    extra = rows[ASSOCIATIONS:]
    rows = rows[:ASSOCIATIONS]
    for place, double in sorted(
        zip([7, 31, 66, 101, 140, 188, 214, 250, 290], extra, strict=True), reverse=True, key=lambda p: p[0]
    ):
        rows.insert(place, double)
    return rows


# Three with the same number in the register, three with the same organisation number, three with nearly the same name.
DOUBLES: list[tuple[int, dict[str, str]]] = [
    (1, {"Övr. info": "Träning för flickor och pojkar. Alla får spela, även nybörjare."}),
    (55, {"Medlemsavgift": "275 kr"}),
    (110, {"Lokal": "Stationshuset"}),
    (4, {"Fören.nr": "B0001", "Föreningsnamn": "Älvnäs HK"}),
    (45, {"Fören.nr": "B0002", "Föreningsnamn": "Fågelkl. Tjädern", "Hemsida": ""}),
    (84, {"Fören.nr": "B0003", "Föreningsnamn": "Älvnäs Schack", "Funktion": ""}),
    (
        66,
        {
            "Fören.nr": "B0004",
            "Föreningsnamn": "Konstföreningen Färg & form",
            "Org.nr": "",
            "Kontaktperson": "",
        },
    ),
    (71, {"Fören.nr": "B0005", "Föreningsnamn": "Syjuntan Styngnet", "Org.nr": "", "Hemsida": ""}),
    (
        52,
        {
            "Fören.nr": "B0006",
            "Föreningsnamn": "Kören Älvklang Älvnäs",
            "Org.nr": "",
            "Kontaktperson": "",
            "Medlemmar": "",
        },
    ),
]


def as_csv() -> bytes:
    """The file as the town's booking system writes it: Windows letters, semicolons, a heading and a sum."""
    rows = register()
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    blank = [""] * (len(COLUMNS) - 1)
    writer.writerow(["Föreningsregister Älvnäs kommun (påhittad)", *blank])
    writer.writerow(["Utskriven: 2027-02-08 09:14", *blank])
    writer.writerow(["", *blank])
    writer.writerow(COLUMNS)
    writer.writerows([each.get(column, "") for column in COLUMNS] for each in rows)
    writer.writerow([f"Antal poster: {len(rows)}", *blank])
    return text.getvalue().encode("cp1252")


if __name__ == "__main__":
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_bytes(as_csv())
