"""What a presentation round can be about: six questions, from light to personal, that everybody here can answer.

None of them asks about a journey, a family, a faith or a case with an authority, and none may ever be added that
does. A question is as easy for somebody aged 68 from the town as for somebody aged 25 who came last month.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

FALLBACK = "sv"
# A native reader has read these; the others are shown together with a mark that says so.
REVIEWED = frozenset({"sv", "en"})


@dataclass(frozen=True)
class Prompt:
    """One question of the ladder, in every language of the house."""

    code: str
    picture: str
    texts: Mapping[str, str]

    def text_in(self, language: str) -> str:
        """The question in a language, in Swedish where we have no words."""
        return self.texts.get(language) or self.texts[FALLBACK]

    def language_for(self, language: str) -> str:
        """The language that `text_in` answers in."""
        return language if language in self.texts else FALLBACK

    @staticmethod
    def is_reviewed(language: str) -> bool:
        """Whether somebody who grew up with the language has read it."""
        return language in REVIEWED


PROMPTS = (
    Prompt(
        "food",
        "cooking",
        {
            "sv": "En maträtt du kan laga utan att tänka",
            "sv-easy": "En mat som du kan laga lätt",
            "en": "A food you can make without thinking",
            "ar": "طبق يمكنك أن تطبخه دون تفكير",
            "fa": "غذایی که می‌توانید بدون فکر کردن بپزید",
            "ti": "ከይሓሰብኩም ክትሰርሕዎ እትኽእሉ መግቢ",
            "so": "Cunto aad karin karto adigoon ka fikirin",
            "uk": "Страва, яку ви приготуєте, не замислюючись",
        },
    ),
    Prompt(
        "sound",
        "ear",
        {
            "sv": "Ett ljud från platsen där du växte upp",
            "sv-easy": "Ett ljud som du minns från när du var barn",
            "en": "A sound from where you grew up",
            "ar": "صوت من المكان الذي نشأت فيه",
            "fa": "صدایی از جایی که در آن بزرگ شدید",
            "ti": "ካብቲ ዝዓበኹምሉ ቦታ እትዝክርዎ ድምጺ",
            "so": "Dhawaaq aad ka xasuusato meeshii aad ku kortay",
            "uk": "Звук із місця, де ви виросли",
        },
    ),
    Prompt(
        "skill",
        "star",
        {
            "sv": "Något du är bra på som ingen här vet om",
            "sv-easy": "Vad är du bra på? Säg något som vi inte vet",
            "en": "Something you are good at that people here do not know",
            "ar": "شيء تجيده ولا يعرفه الناس هنا",
            "fa": "کاری که در آن خوب هستید و مردم اینجا نمی‌دانند",
            "ti": "ጽቡቕ ጌርኩም እትገብርዎ፡ ኣብዚ ዘለዉ ሰባት ግን ዘይፈልጥዎ ነገር",
            "so": "Wax aad ku fiican tahay oo dadka halkan jooga aanay ogayn",
            "uk": "Щось, що ви добре вмієте, а тут про це не знають",
        },
    ),
    Prompt(
        "welcome",
        "door-open",
        {
            "sv": "Första gången du kände dig välkommen någonstans",
            "sv-easy": "En gång när du kände dig välkommen",
            "en": "A first time you felt welcome somewhere",
            "ar": "أول مرة شعرت فيها بأنك مرحَّب بك في مكان ما",
            "fa": "اولین باری که در جایی احساس کردید خوش آمدید",
            "ti": "ኣብ ገለ ቦታ ንመጀመርታ ግዜ ብጽቡቕ ከም ዝተቐበሉኹም ዝተሰምዓኩም እዋን",
            "so": "Markii ugu horreysay ee aad dareentay in meel lagugu soo dhaweeyay",
            "uk": "Перший раз, коли ви десь відчули, що вам раді",
        },
    ),
    Prompt(
        "strange",
        "coffee",
        {
            "sv": "Något ”vi gör” här som du tycker är märkligt",
            "sv-easy": "Vad gör människor här som du tycker är konstigt?",
            "en": "Something “we do” here that is strange to you",
            "ar": "شيء «نفعله» هنا ويبدو لك غريبًا",
            "fa": "کاری که «ما» اینجا می‌کنیم و برای شما عجیب است",
            "ti": "«ንሕና ኣብዚ እንገብሮ» ንዓኹም ግን ሓድሽ ዝኾነኩም ነገር",
            "so": "Wax aan halkan ku “samayno” oo adiga kula yaab leh",
            "uk": "Те, що «в нас роблять», а вам здається дивним",
        },
    ),
    Prompt(
        "year",
        "sprout",
        {
            "sv": "Vad skulle du vilja kunna göra här om ett år?",
            "sv-easy": "Vad vill du kunna göra här om ett år?",
            "en": "What would you like to be able to do here in a year?",
            "ar": "ماذا تود أن تستطيع فعله هنا بعد سنة؟",
            "fa": "دوست دارید تا یک سال دیگر بتوانید اینجا چه کاری انجام دهید؟",
            "ti": "ድሕሪ ሓደ ዓመት ኣብዚ እንታይ ክትገብሩ ክትክእሉ ትደልዩ?",
            "so": "Maxaad jeclaan lahayd inaad halkan ka samayn karto sannad kadib?",
            "uk": "Що ви хотіли б могти робити тут за рік?",
        },
    ),
)
BY_CODE = {prompt.code: prompt for prompt in PROMPTS}
