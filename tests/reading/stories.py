"""Stories to compare: a few of our own, and as many as wanted from a small grammar."""

import random

FERRY = """\
PORT ANSEL, March 3 (Seaboard) - The night ferry to Oyle will not sail before Thursday, the \
harbour board said, after inspectors found a crack of 14 centimetres in its rudder.

Some 600 passengers were put up in schools and a sports hall. "We would rather be late than wet," \
said Ilse Brandvold, the board's chair, who had slept in the hall herself.

The crack was seen by a diver on Monday evening. He had been sent down for something else, a rope \
that had fouled one of the two screws, and took a picture with his telephone.

The company that runs the ferry, Oyle Lines, said it would pay for beds and breakfast, and refund \
every ticket bought for the three nights. It did not say what the repair would cost.

Inspectors had passed the ship in October. A spokesman for the maritime office said the rudder had \
been looked at then, from above, in clear water and without any sign of damage.

Oyle has had no other link with the mainland since the mail plane was given up two years ago. The \
island's shop said that it had flour for a week and coffee for considerably longer.
"""

TRAM = """\
LINDOW, March 3 (Vasant) - Drivers of the Lindow tramways voted by 412 to 96 to go back to work on \
Wednesday morning, ending a strike of eleven days over the length of their breaks.

Under the agreement nobody will drive for more than four hours without half an hour's rest. The \
union had asked for three. Both sides called it a beginning.

The mayor, Tobias Renck, took the first tram that left the depot after the count. He paid his \
fare, which the conductor, to laughter, would not accept.

Shopkeepers in the old town said that they had lost a third of a fortnight's takings. Their guild \
is to meet the company on Friday and has hired a lawyer from the capital.
"""

HINDI = """\
नई दिल्ली: राज्य सरकार ने मंगलवार को कहा कि नदी के किनारे बसे बारह गांवों को अगले आदेश तक खाली रखा \
जाएगा क्योंकि बांध से पानी छोड़ा जा रहा है और रात में बारिश की आशंका है।

अधिकारियों ने बताया कि लगभग चार हजार लोग स्कूलों में ठहराए गए हैं और उनके लिए भोजन तथा दवा का प्रबंध \
किया गया है, जबकि पशुओं को ऊंचे मैदानों में भेजा गया है।
"""

CHINESE = """\
港务局星期二表示，开往北岛的夜班渡轮在星期四之前不会启航，因为检查人员在船舵上发现了一道十四厘米长的裂缝。\
大约六百名乘客被安置在学校和体育馆里过夜，船务公司承诺退还三天之内的全部船票，并且负担住宿和早餐的费用。
"""

ARABIC = """\
قالت هيئة الميناء يوم الثلاثاء إن العبارة الليلية لن تبحر قبل يوم الخميس بعد أن وجد المفتشون شقا \
في دفتها طوله أربعة عشر سنتيمترا، وإن ستمئة راكب باتوا ليلتهم في المدارس وفي قاعة \
للرياضة قريبة من المرفأ.
"""

_WHO = "a baker|the council|two pilots|an engineer|the choir|a judge|growers|the surgeon".split("|")
_DID = "counted|refused|mended|sold|praised|buried|painted|forgot|measured|inherited".split("|")
_WHAT = "the bells|a bridge|nine oars|the archive|a glacier|old maps|the harvest|a tunnel".split(
    "|"
)
_HOW = "in silence|by candlelight|at the third try|without a permit|in heavy rain".split("|")


def story(seed: int, sentences: int = 40) -> str:
    """A story that no other seed tells: names and figures of its own in every sentence."""
    chance = random.Random(seed)
    lines = [
        f"{chance.choice(_WHO)} {seed * 7919 + n} {chance.choice(_DID)} {chance.choice(_WHAT)} of "
        f"{chance.randrange(10**6)} {chance.choice(_HOW)}."
        for n in range(sentences)
    ]
    return "\n\n".join(" ".join(lines[at : at + 4]) for at in range(0, sentences, 4)) + "\n"


def top(words: str, share: float) -> str:
    """A story cut from the bottom."""
    kept = words.split(" ")
    return " ".join(kept[: round(len(kept) * share)])
