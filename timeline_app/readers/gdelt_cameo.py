"""What the event codes of CAMEO mean, in plain words.

CAMEO, Conflict and Mediation Event Observations, is a scheme of Gerner, Schrodt and Yılmaz: 20 kinds of acts, each
divided once or twice, so that a code begins with the code that it belongs to.
"""

from __future__ import annotations

from functools import cache

_KINDS = {
    "01": "statement",
    "02": "appeal",
    "03": "intent to cooperate",
    "04": "consultation",
    "05": "diplomatic cooperation",
    "06": "material cooperation",
    "07": "aid",
    "08": "concession",
    "09": "investigation",
    "10": "demand",
    "11": "disapproval",
    "12": "rejection",
    "13": "threat",
    "14": "protest",
    "15": "show of force",
    "16": "reduced relations",
    "17": "coercion",
    "18": "assault",
    "19": "fighting",
    "20": "mass violence",
}
_CLASSES = {
    "1": "verbal cooperation",
    "2": "material cooperation",
    "3": "verbal conflict",
    "4": "material conflict",
}
_ACTS = """
01 makes a statement
011 declines to comment
012 speaks with pessimism
013 speaks with optimism
014 considers a policy
015 accepts responsibility
016 denies responsibility
017 performs a symbolic act
018 shows sympathy
019 agrees in words
02 makes an appeal
021 appeals for material cooperation
0211 appeals for economic cooperation
0212 appeals for military cooperation
0213 appeals for judicial cooperation
0214 appeals for intelligence
022 appeals for diplomatic support
023 appeals for aid
0231 appeals for economic aid
0232 appeals for military aid
0233 appeals for humanitarian aid
0234 appeals for military protection
024 appeals for political reform
0241 appeals for new leaders
0242 appeals for another policy
0243 appeals for rights
0244 appeals for other institutions
025 appeals for concessions
0251 appeals for milder restrictions
0252 appeals for calm among dissenters
0253 appeals for a release
0254 appeals for an end of sanctions
0255 appeals for access of international bodies
0256 appeals for military de-escalation
026 appeals for talks
027 appeals for a settlement
028 appeals for mediation
03 is willing to cooperate
031 is willing to cooperate materially
0311 is willing to cooperate economically
0312 is willing to cooperate militarily
0313 is willing to cooperate in justice
0314 is willing to share intelligence
032 is willing to cooperate diplomatically
033 is willing to give aid
0331 is willing to give economic aid
0332 is willing to give military aid
0333 is willing to give humanitarian aid
0334 is willing to give military protection
034 is willing to reform
0341 is willing to change leaders
0342 is willing to change its policy
0343 is willing to grant rights
0344 is willing to change institutions
035 is willing to yield
0351 is willing to ease restrictions
0352 is willing to calm dissent
0353 is willing to release persons or goods
0354 is willing to end sanctions
0355 is willing to admit international bodies
0356 is willing to de-escalate
036 is willing to talk
037 is willing to settle
038 is willing to accept mediation
039 is willing to mediate
04 consults
041 talks by telephone
042 makes a visit
043 receives a visit
044 meets elsewhere
045 mediates
046 negotiates
05 cooperates diplomatically
051 praises
052 defends in words
053 rallies support
054 recognises diplomatically
055 apologises
056 forgives
057 signs an agreement
06 cooperates materially
061 cooperates economically
062 cooperates militarily
063 cooperates in justice
064 shares intelligence
07 gives aid
071 gives economic aid
072 gives military aid
073 gives humanitarian aid
074 gives military protection
075 grants asylum
08 yields
081 eases restrictions
0811 eases limits on political freedom
0812 lifts a ban of parties or politicians
0813 eases a curfew
0814 eases a state of emergency
082 eases political dissent
083 accepts demands for reform
0831 accepts a change of leaders
0832 accepts a change of policy
0833 accepts demands for rights
0834 accepts a change of institutions
084 gives back
0841 releases persons
0842 gives back property
085 eases sanctions
086 admits international bodies
0861 admits peacekeepers
0862 admits inspectors
0863 admits humanitarian help
087 de-escalates
0871 declares a ceasefire
0872 eases a blockade
0873 demobilises
0874 retreats or surrenders
09 investigates
091 investigates crime
092 investigates abuses of human rights
093 investigates military action
094 investigates war crimes
10 makes a demand
101 demands material cooperation
1011 demands economic cooperation
1012 demands military cooperation
1013 demands judicial cooperation
1014 demands intelligence
102 demands diplomatic support
103 demands aid
1031 demands economic aid
1032 demands military aid
1033 demands humanitarian aid
1034 demands military protection
104 demands political reform
1041 demands new leaders
1042 demands another policy
1043 demands rights
1044 demands other institutions
105 demands concessions
1051 demands milder restrictions
1052 demands an end of dissent
1053 demands a release
1054 demands an end of sanctions
1055 demands access of international bodies
1056 demands de-escalation
106 demands talks
107 demands a settlement
108 demands mediation
11 disapproves
111 criticises
112 accuses
1121 accuses of crime
1122 accuses of abuses of human rights
1123 accuses of aggression
1124 accuses of war crimes
1125 accuses of treason or espionage
113 rallies opposition
114 complains officially
115 sues
116 convicts
12 rejects
121 rejects material cooperation
1211 rejects economic cooperation
1212 rejects military cooperation
122 refuses aid
1221 refuses economic aid
1222 refuses military aid
1223 refuses humanitarian aid
1224 refuses military protection
123 refuses political reform
1231 refuses a change of leaders
1232 refuses a change of policy
1233 refuses rights
1234 refuses a change of institutions
124 refuses to yield
1241 refuses to ease restrictions
1242 refuses to ease dissent
1243 refuses a release
1244 refuses to end sanctions
1245 refuses access of international bodies
1246 refuses to de-escalate
125 refuses talks
126 refuses mediation
127 rejects a plan
128 defies
129 vetoes
13 threatens
131 threatens without force
1311 threatens to cut aid
1312 threatens with sanctions
1313 threatens to break off relations
132 threatens with restrictions
1321 threatens to limit political freedom
1322 threatens to ban parties or politicians
1323 threatens with a curfew
1324 threatens with a state of emergency
133 threatens with protest
134 threatens to end negotiations
135 threatens to end mediation
136 threatens to expel international bodies
137 threatens with repression
138 threatens with military force
1381 threatens with a blockade
1382 threatens with occupation
1383 threatens with unconventional violence
1384 threatens with an attack
1385 threatens with weapons of mass destruction
139 gives an ultimatum
14 protests
141 demonstrates
1411 demonstrates for new leaders
1412 demonstrates for another policy
1413 demonstrates for rights
1414 demonstrates for other institutions
142 is on hunger strike
1421 is on hunger strike for new leaders
1422 is on hunger strike for another policy
1423 is on hunger strike for rights
1424 is on hunger strike for other institutions
143 strikes or boycotts
1431 strikes for new leaders
1432 strikes for another policy
1433 strikes for rights
1434 strikes for other institutions
144 blocks a passage
1441 blocks a passage for new leaders
1442 blocks a passage for another policy
1443 blocks a passage for rights
1444 blocks a passage for other institutions
145 riots
1451 riots for new leaders
1452 riots for another policy
1453 riots for rights
1454 riots for other institutions
15 shows force
151 puts the police on alert
152 puts armed forces on alert
153 reinforces the police
154 mobilises armed forces
155 mobilises cyber forces
16 reduces relations
161 reduces diplomatic relations
162 reduces aid
1621 reduces economic aid
1622 reduces military aid
1623 reduces humanitarian aid
163 imposes sanctions
164 ends negotiations
165 ends mediation
166 expels or withdraws
1661 expels or withdraws peacekeepers
1662 expels or withdraws inspectors
1663 expels or withdraws aid agencies
17 coerces
171 takes or damages property
1711 confiscates property
1712 destroys property
172 imposes restrictions
1721 limits political freedom
1722 bans parties or politicians
1723 imposes a curfew
1724 imposes a state of emergency
173 arrests or charges
174 expels persons
175 represses violently
176 attacks in cyberspace
18 uses unconventional violence
181 abducts or takes hostages
182 assaults
1821 assaults sexually
1822 tortures
1823 kills in an assault
183 bombs
1831 bombs in a suicide attack
1832 bombs with a vehicle
1833 bombs a road
1834 bombs a place
184 uses human shields
185 attempts to assassinate
186 assassinates
19 uses military force
191 imposes a blockade
192 occupies territory
193 fights with small arms
194 fights with artillery and tanks
195 strikes from the air
1951 strikes with guided munitions from the air
1952 strikes with unmanned aircraft
196 breaks a ceasefire
20 uses mass violence
201 expels a population
202 kills en masse
203 cleanses ethnically
204 uses weapons of mass destruction
2041 uses chemical, biological or radiological weapons
2042 uses nuclear weapons
"""
_ROOT_DIGITS = 2


def act_words(code: str) -> str:
    """Return what an event code means; of one that is not known, what the code means that it begins with.

    A code that was read as a number has lost its zero; "" for what is no code.
    """
    acts = _acts()
    written = _with_zero(code)
    while written and written not in acts:
        written = written[:-1]
    return acts.get(written, "")


def kind_of_act(root_code: str, code: str) -> str:
    """Return which of the 20 kinds an act is of, by its root code or else its own; "" for what is no code."""
    found = (_KINDS.get(_with_zero(written)[:_ROOT_DIGITS], "") for written in (root_code, code))
    return next(filter(None, found), "")


def class_words(code: str) -> str:
    """Return whether an act is cooperation or conflict, in words or in deeds."""
    return _CLASSES.get(code.strip(), "")


def _with_zero(code: str) -> str:
    """Return a code with the zero that it begins with, where only that makes it one."""
    written = code.strip()
    return f"0{written}" if not _is_code(written) and _is_code(f"0{written}") else written


def _is_code(code: str) -> bool:
    """Tell whether a code is known; one that ends in 0 is the one before it, with nothing more specified."""
    return code in _acts() or (code.endswith("0") and code[:-1] in _acts())


@cache
def _acts() -> dict[str, str]:
    lines = (line.partition(" ") for line in _ACTS.split("\n") if line)
    return {code: words for code, _, words in lines}
