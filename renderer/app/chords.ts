/** What a chord needs of a keyboard event. */
export type KeyPress = {
  readonly key: string
  readonly code: string
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly altKey: boolean
  readonly shiftKey: boolean
}

/**
 * Names a key press as actions do: modifiers in the order mod, alt, shift, then the key in lower case. Letters and digits
 * are read from the key's place, so that shortcuts work on a Cyrillic layout too.
 */
export function chordOf(press: KeyPress): string {
  const key = keyName(press)
  const parts: string[] = []
  if (press.ctrlKey || press.metaKey) parts.push('mod')
  if (press.altKey) parts.push('alt')
  // A shifted sign such as `?` already says that Shift was held.
  if (press.shiftKey && (key.length > 1 || /[a-z0-9]/.test(key))) parts.push('shift')
  parts.push(key)
  return parts.join('+')
}

function keyName({ key, code }: KeyPress): string {
  const letter = /^Key([A-Z])$/.exec(code)
  if (letter) return letter[1].toLowerCase()
  const digit = /^Digit(\d)$/.exec(code)
  if (digit) return digit[1]
  if (key === ' ') return 'space'
  return key.toLowerCase()
}

/** Keys as printed on the board, for menus: `⌘ Z` on a Mac, `Ctrl Z` elsewhere. */
export function printChord(chord: string, platform: 'mac' | 'other'): string[] {
  const names: Record<string, string> =
    platform === 'mac' ? { mod: '⌘', alt: '⌥', shift: '⇧' } : { mod: 'Ctrl', alt: 'Alt', shift: 'Shift' }
  const keys: Record<string, string> = {
    escape: 'Esc',
    space: '␣',
    arrowup: '↑',
    arrowdown: '↓',
    arrowleft: '←',
    arrowright: '→',
  }
  return chord.split('+').map((part) => names[part] ?? keys[part] ?? (part.length === 1 ? part.toUpperCase() : part))
}
