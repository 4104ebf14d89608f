"""Who acts in events of GDELT: names in capitals and codes of the CAMEO scheme, in words.

The names of countries are those of resources/actors.yaml, so that they mean the actors that are known there.
"""

from __future__ import annotations

from functools import cache

from timeline_app.core.event import ActorRef

INITIATOR, TARGET = "initiator", "target"

# Codes of three letters and what they mean, as CAMEO has them: mostly those of ISO 3166-1, some older, and regions.
_COUNTRIES = """
ABW Aruba; AFG Afghanistan; AFR Africa; AGO Angola; AIA Anguilla; ALA Åland; ALB Albania; AND Andorra; ANT
Netherlands Antilles; ARE United Arab Emirates; ARG Argentina; ARM Armenia; ASA Asia; ASM American Samoa; ATG
Antigua and Barbuda; AUS Australia; AUT Austria; AZE Azerbaijan; BAG Baghdad; BDI Burundi; BEL Belgium; BEN Benin;
BFA Burkina Faso; BGD Bangladesh; BGR Bulgaria; BHR Bahrain; BHS Bahamas; BIH Bosnia and Herzegovina; BLK Balkans;
BLR Belarus; BLZ Belize; BMU Bermuda; BOL Bolivia; BRA Brazil; BRB Barbados; BRN Brunei; BTN Bhutan; BWA Botswana;
CAF Central African Republic; CAN Canada; CAS Central Asia; CAU Caucasus; CEU Central Europe; CFR Central Africa;
CHE Switzerland; CHL Chile; CHN China; CIV Ivory Coast; CMR Cameroon; COD DR Congo; COG Republic of the Congo; COK
Cook Islands; COL Colombia; COM Comoros; CPV Cape Verde; CRB Caribbean; CRI Costa Rica; CSK Czechoslovakia; CUB
Cuba; CYM Cayman Islands; CYP Cyprus; CZE Czech Republic; DDR East Germany; DEU Germany; DJI Djibouti; DMA Dominica;
DNK Denmark; DOM Dominican Republic; DZA Algeria; EAF East Africa; ECU Ecuador; EEU Eastern Europe; EGY Egypt; EIN
East Indies; ERI Eritrea; ESH Western Sahara; ESP Spain; EST Estonia; ETH Ethiopia; EUR Europe; FIN Finland; FJI
Fiji; FLK Falkland Islands; FRA France; FRO Faroe Islands; FSM Micronesia; GAB Gabon; GBR United Kingdom; GEO
Georgia; GHA Ghana; GIB Gibraltar; GIN Guinea; GLP Guadeloupe; GMB Gambia; GNB Guinea-Bissau; GNQ Equatorial Guinea;
GRC Greece; GRD Grenada; GRL Greenland; GTM Guatemala; GUF French Guiana; GUM Guam; GUY Guyana; GZS Gaza Strip; HKG
Hong Kong; HND Honduras; HRV Croatia; HTI Haiti; HUN Hungary; IDN Indonesia; IND India; IRL Ireland; IRN Iran; IRQ
Iraq; ISL Iceland; ISR Israel; ITA Italy; JAM Jamaica; JOR Jordan; JPN Japan; KAZ Kazakhstan; KEN Kenya; KGZ
Kyrgyzstan; KHM Cambodia; KIR Kiribati; KNA Saint Kitts and Nevis; KOR South Korea; KSV Kosovo; KWT Kuwait; LAM
Latin America; LAO Laos; LBN Lebanon; LBR Liberia; LBY Libya; LCA Saint Lucia; LIE Liechtenstein; LKA Sri Lanka; LSO
Lesotho; LTU Lithuania; LUX Luxembourg; LVA Latvia; MAC Macau; MAR Morocco; MCO Monaco; MDA Moldova; MDG Madagascar;
MDT Mediterranean; MDV Maldives; MEA Middle East; MEX Mexico; MHL Marshall Islands; MKD North Macedonia; MLI Mali;
MLT Malta; MMR Myanmar; MNE Montenegro; MNG Mongolia; MNP Northern Mariana Islands; MOZ Mozambique; MRT Mauritania;
MSR Montserrat; MTN Montenegro; MTQ Martinique; MUS Mauritius; MWI Malawi; MYS Malaysia; MYT Mayotte; NAF North
Africa; NAM Namibia; NCL New Caledonia; NER Niger; NFK Norfolk Island; NGA Nigeria; NIC Nicaragua; NIU Niue; NLD
Netherlands; NMR North America; NOR Norway; NPL Nepal; NRU Nauru; NZL New Zealand; OMN Oman; PAK Pakistan; PAN
Panama; PCN Pitcairn; PER Peru; PGS Persian Gulf; PHL Philippines; PLW Palau; PNG Papua New Guinea; POL Poland; PRI
Puerto Rico; PRK North Korea; PRT Portugal; PRY Paraguay; PSE Palestine; PYF French Polynesia; QAT Qatar; REU
Réunion; RHO Rhodesia; ROM Romania; ROU Romania; RUS Russia; RWA Rwanda; SAF Southern Africa; SAM South America; SAS
South Asia; SAU Saudi Arabia; SCG Serbia and Montenegro; SCN Scandinavia; SDN Sudan; SEA South-East Asia; SEN
Senegal; SGP Singapore; SHN Saint Helena; SJM Svalbard; SLB Solomon Islands; SLE Sierra Leone; SLV El Salvador; SMR
San Marino; SOM Somalia; SPM Saint Pierre and Miquelon; SRB Serbia; SSD South Sudan; STP Sao Tome and Principe; SUN
Soviet Union; SUR Suriname; SVK Slovakia; SVN Slovenia; SWE Sweden; SWZ Eswatini; SYC Seychelles; SYR Syria; TCA
Turks and Caicos Islands; TCD Chad; TGO Togo; THA Thailand; TJK Tajikistan; TKL Tokelau; TKM Turkmenistan; TLS East
Timor; TMP East Timor; TON Tonga; TTO Trinidad and Tobago; TUN Tunisia; TUR Turkey; TUV Tuvalu; TWN Taiwan; TZA
Tanzania; UGA Uganda; UKR Ukraine; URY Uruguay; USA United States; UZB Uzbekistan; VAT Vatican City; VCT Saint
Vincent and the Grenadines; VDR North Vietnam; VEN Venezuela; VGB British Virgin Islands; VIR United States Virgin
Islands; VNM Vietnam; VUT Vanuatu; WAF West Africa; WLF Wallis and Futuna; WSB West Bank; WSM Samoa; WST the West;
XKX Kosovo; YEM Yemen; YMD South Yemen; YUG Yugoslavia; ZAF South Africa; ZMB Zambia; ZWE Zimbabwe
"""
_KINDS = """
COP police; GOV government; INS insurgents; JUD judiciary; MIL armed forces; OPP political opposition; REB rebels;
SEP separatist rebels; SPY state intelligence; UAF unaligned armed forces; AGR agriculture; BUS business; CRM criminals;
CVL civilians; DEV development; EDU education; ELI elites; ENV environment; HLH health; HRI human rights; LAB labour;
LEG legislature; MED media; REF refugees; MOD moderates; RAD radicals; SET settlers; UIS unidentified state actors;
IGO intergovernmental organisation; IMG international armed group; INT international; MNC multinational company;
NGM non-governmental movement; NGO non-governmental organisation; PKO peacekeepers
"""
# Words that stay small within a name, and the longest that may be letters spoken one by one.
_SMALL_WORDS = frozenset({"AND", "AT", "DE", "FOR", "IN", "OF", "ON", "THE", "TO"})
_LONGEST_ABBREVIATION = 3
# A code of an actor is put together of codes of so many letters.
_PART = 3


def side(role: str, name: str, country: str, group: str, kind: str, code: str) -> tuple[ActorRef, ...]:
    """Return the actor of one side, none where nothing names one.

    It goes by its country, unless a known group such as the European Union is coded, else by its name in the text, what
    it is, or its code.
    """
    known = "" if group.strip() and name.strip() else _countries().get(country.strip().upper(), "")
    own = known or in_words(name) or kind_words(kind) or code.strip()
    return (ActorRef(own, role, name.strip() or code.strip()),) if own else ()


def coded_side(role: str, code: str) -> tuple[ActorRef, ...]:
    """Return the actor of a side that only has a code, such as RUSMIL: by its country, else by what it is."""
    words = code_words(code)
    return (ActorRef(words[0], role, code.strip()),) if words else ()


def code_words(code: str) -> list[str]:
    """Return what each three letters of a code of an actor say, the letters themselves where that is not known."""
    written = code.strip().strip("-").upper()
    parts = (written[begin : begin + _PART] for begin in range(0, len(written), _PART))
    return [_countries().get(part) or kind_words(part) for part in parts]


def told(name: str, country: str, kind: str) -> str:
    """Return all that is known of one side: "Kremlin (Russia, government)"."""
    own = in_words(name)
    known = [_countries().get(country.strip().upper(), ""), kind_words(kind)]
    beside = ", ".join(word for word in known if word and word.casefold() != own.casefold())
    return f"{own} ({beside})" if own and beside else own or beside


def kind_words(code: str) -> str:
    """Return what a code of a role says, "" for none, the code itself where it is not known."""
    written = code.strip()
    return _kinds().get(written.upper(), written)


def in_words(name: str) -> str:
    """Return a name in capitals as names are written; one that is not in capitals as it is."""
    written = " ".join(name.split())
    if written != written.upper():
        return written
    words = [_word(word, is_first=not place) for place, word in enumerate(written.split(" "))]
    return " ".join(words)


def _word(word: str, *, is_first: bool) -> str:
    if word in _SMALL_WORDS:
        return word.capitalize() if is_first else word.lower()
    if len(word) <= _LONGEST_ABBREVIATION or not word.isalpha():
        return word if len(word) <= _LONGEST_ABBREVIATION else word.title().replace("'S", "'s")
    return word.capitalize()


@cache
def _countries() -> dict[str, str]:
    return _table(_COUNTRIES)


@cache
def _kinds() -> dict[str, str]:
    return _table(_KINDS)


def _table(text: str) -> dict[str, str]:
    entries = (entry.strip().partition(" ") for entry in " ".join(text.split()).split(";"))
    return {code: words for code, _, words in entries}
