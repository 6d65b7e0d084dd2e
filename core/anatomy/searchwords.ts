/** Wholes whose parts are drawn, and no mesh carries their name: by the id of the whole without its side. */
const WHOLES: Readonly<Record<string, readonly string[]>> = {
  heart: ['cor', 'heart', 'сердце', 'yurak'],
  lung: ['pulmo', 'lung', 'лёгкое', 'oʻpka'],
  pleura: ['pleura', 'плевра', 'plevra'],
  sternum: ['sternum', 'breastbone', 'грудина', 'toʻsh suyagi'],
  ribs: ['costae', 'ribs', 'рёбра', 'qovurgʻalar'],
  'brachial-plexus': ['plexus brachialis', 'brachial plexus', 'плечевое сплетение', 'yelka chigali'],
  'rotator-cuff': ['rotator cuff', 'вращательная манжета плеча', 'rotator manjet'],
  'intervertebral-discs': ['discus intervertebralis', 'spinal disc', 'межпозвоночный диск', 'umurtqalararo disk'],
  'thoracic-vertebrae': ['columna vertebralis', 'spine', 'backbone', 'позвоночник', 'umurtqa pogʻonasi'],
  'lumbar-vertebrae': ['columna vertebralis', 'spine', 'backbone', 'позвоночник', 'umurtqa pogʻonasi'],
  'cervical-vertebrae': ['columna vertebralis', 'spine', 'backbone', 'позвоночник', 'umurtqa pogʻonasi'],
  breast: ['mamma', 'breast', 'грудь', 'koʻkrak'],
}

/** Everyday names of single structures. */
const EVERYDAY: Readonly<Record<string, readonly string[]>> = {
  clavicle: ['collarbone', 'collar bone'],
  scapula: ['shoulder blade'],
  trachea: ['windpipe'],
  oesophagus: ['gullet', 'food pipe'],
  stomach: ['belly'],
  diaphragm: ['midriff'],
}

const withoutSide = (id: string) => id.replace(/-[lr]$/, '')

/** The other names of a structure: everyday ones, and those of the wholes that it is part of. */
export function otherNames(id: string, wholes: readonly string[]): string[] {
  return [...(EVERYDAY[withoutSide(id)] ?? []), ...wholes.flatMap((whole) => WHOLES[withoutSide(whole)] ?? [])]
}

const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'xi', 'xii']

/** Ordinals by their beginnings, first to twelfth, as folded text has them. */
const ORDINALS: readonly (readonly string[])[] = [
  ['first', 'prim', 'перв', 'birinchi'],
  ['second', 'secund', 'втор', 'ikkinchi'],
  ['third', 'terti', 'трет', 'uchinchi'],
  ['fourth', 'quart', 'четверт', 'tortinchi'],
  ['fifth', 'quint', 'пят', 'beshinchi'],
  ['sixth', 'sext', 'шест', 'oltinchi'],
  ['seventh', 'septim', 'седьм', 'yettinchi'],
  ['eighth', 'octav', 'восьм', 'sakkizinchi'],
  ['ninth', 'non', 'девят', 'toqqizinchi'],
  ['tenth', 'decim', 'десят', 'oninchi'],
  ['eleventh', 'undecim', 'одиннадцат', 'on birinchi'],
  ['twelfth', 'duodecim', 'двенадцат', 'on ikkinchi'],
]
const LATIN_ENDS = ['a', 'us', 'um', 'e', 'i']
const CYRILLIC_END = /^(ый|ии|ая|ое|ого|ои|ье|ья|ыи)$/

/** A folded word as a number where it names one: `v`, `5th`, `fifth`, `quinta`, `пятое` and `beshinchi` are `5`. */
export function asNumber(word: string): string {
  const roman = ROMAN.indexOf(word)
  if (roman >= 0) return String(roman + 1)
  const counted = /^(\d+)(st|nd|rd|th|e|й|и|я|го)$/.exec(word)
  if (counted) return counted[1]
  const at = ORDINALS.findIndex((beginnings) => beginnings.some((beginning) => isOrdinal(word, beginning)))
  return at < 0 ? word : String(at + 1)
}

function isOrdinal(word: string, beginning: string): boolean {
  if (word === beginning) return beginning.length > 3
  if (!word.startsWith(beginning)) return false
  const end = word.slice(beginning.length)
  return LATIN_ENDS.includes(end) || CYRILLIC_END.test(end)
}

const CYRILLIC: Readonly<Record<string, string>> = {
  а: 'a',
  б: 'b',
  в: 'v',
  г: 'g',
  ғ: 'g',
  д: 'd',
  е: 'e',
  ё: 'yo',
  ж: 'j',
  з: 'z',
  и: 'i',
  й: 'y',
  к: 'k',
  қ: 'q',
  л: 'l',
  м: 'm',
  н: 'n',
  о: 'o',
  п: 'p',
  р: 'r',
  с: 's',
  т: 't',
  у: 'u',
  ў: 'o',
  ф: 'f',
  х: 'x',
  ҳ: 'h',
  ц: 's',
  ч: 'ch',
  ш: 'sh',
  ъ: '',
  ь: '',
  э: 'e',
  ю: 'yu',
  я: 'ya',
}

/** Uzbek written in Cyrillic as its Latin letters without the turned comma; null where there is nothing Cyrillic. */
export function uzbekLatin(text: string): string | null {
  const lower = text.normalize('NFC').toLowerCase()
  if (!/[а-яёғқҳў]/.test(lower)) return null
  return [...lower].map((letter) => CYRILLIC[letter] ?? letter).join('')
}
