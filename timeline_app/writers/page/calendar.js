// Civil dates of the proleptic Gregorian calendar for any year, after Howard Hinnant's algorithms, as in the program.
// Years are astronomical: 0 is 1 BC. Times are seconds from 1970 in 64-bit floats; days are exact for all of them.

const DAY_S = 86400;
const YEAR_S = 31556952;
const AGES = 20000; // years, from which on a stretch is told in round years
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

function daysFromCivil(year, month, day) {
  const marchYear = month <= 2 ? year - 1 : year;
  const era = Math.floor(marchYear / 400);
  const yearOfEra = marchYear - era * 400;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  return era * 146097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719468;
}

function civilFromDays(days) {
  const shifted = days + 719468;
  const era = Math.floor(shifted / 146097);
  const dayOfEra = shifted - era * 146097;
  const centuries = Math.floor(dayOfEra / 36524) - Math.floor(dayOfEra / 146096);
  const yearOfEra = Math.floor((dayOfEra - Math.floor(dayOfEra / 1460) + centuries) / 365);
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day };
}

const secondsFromCivil = (year, month = 1, day = 1) => daysFromCivil(year, month, day) * DAY_S;

function civilFromSeconds(time_s) {
  const days = Math.floor(time_s / DAY_S);
  const rest_s = Math.floor(time_s - days * DAY_S);
  return { ...civilFromDays(days), hour: Math.floor(rest_s / 3600), minute: Math.floor(rest_s / 60) % 60, second: rest_s % 60 };
}

/** Writes a year: 2024, AD 79, 44 BC, 13,000 BC, 13.8 bn BC; round figures beyond 9999 BC as they are meant. */
function yearWords(year) {
  if (year >= 1) return (year < 500 ? "AD " : "") + (year < 10000 ? String(year) : counted(year));
  if (year > -10000 || year % 1000) return `${1 - year < 10000 ? 1 - year : counted(1 - year)} BC`;
  for (const [size, unit] of [[1e9, "bn"], [1e6, "m"]]) {
    if (-year >= size && -year % (size / 1000) === 0) return `${-year / size} ${unit} BC`;
  }
  return `${counted(-year)} BC`;
}

const twoDigits = (number) => String(number).padStart(2, "0");

function clockWords({ hour, minute, second }, withSeconds = false) {
  return `${twoDigits(hour)}:${twoDigits(minute)}${withSeconds ? `:${twoDigits(second)}` : ""}`;
}

const dayWords = ({ year, month, day }) => `${day} ${MONTHS[month - 1]} ${yearWords(year)}`;

/** Says a year as it stands in a sentence, in pieces, so that two years can share the era. */
function yearPieces(year) {
  const digits = (number) => (number < 10000 ? String(number) : counted(number));
  if (year > 0) return [year >= 1000 && year <= 9999 ? digits(year) : `AD ${digits(year)}`];
  return [digits(year < -9999 && year % 1000 === 0 ? -year : 1 - year), "BC"];
}

const dayPieces = ({ year, month, day }) => [String(day), MONTHS[month - 1], ...yearPieces(year)];

/** Joins two dates so that what their ends share is said once: 22 to 24 October 2024. */
function joinedDates(first, last) {
  if (first.join() === last.join()) return last.join(" ");
  let shared = 0;
  if (first.length === last.length) while (shared < first.length - 1 && first.at(-1 - shared) === last.at(-1 - shared)) shared += 1;
  return `${first.slice(0, first.length - shared).join(" ")} to ${last.join(" ")}`;
}

/** Says which years, days or minutes lie between two seconds, as exactly as their distance makes sensible. */
function rangeWords(first_s, last_s) {
  const first = civilFromSeconds(first_s);
  const last = civilFromSeconds(last_s);
  const length_s = last_s - first_s;
  if (length_s >= AGES * YEAR_S) {
    const years = 10 ** Math.max(Math.floor(Math.log10(length_s / YEAR_S)) - 2, 3);
    const rounded = ({ year }) => yearWords(Math.round(year / years) * years || 1);
    return `${rounded(first)} to ${rounded(last)}`;
  }
  if (length_s >= 200 * 366 * DAY_S) return joinedDates(yearPieces(first.year), yearPieces(last.year));
  if (length_s >= 3 * DAY_S) return joinedDates(dayPieces(first), dayPieces(last));
  const [firstDay, lastDay] = [first, last].map((civil) => dayPieces(civil).join(" "));
  return `${firstDay}, ${clockWords(first)} to ${firstDay === lastDay ? "" : `${lastDay}, `}${clockWords(last)}`;
}
