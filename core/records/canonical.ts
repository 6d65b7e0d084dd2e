/** A value that JSON can hold. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined }

/**
 * The canonical JSON text of a value: members sorted by UTF-16 code units, ECMAScript numbers and escapes, no white space.
 * Members that are `undefined` are left out. Throws `TypeError` on what JSON cannot hold (NaN, infinities, lone surrogates).
 * Source: RFC 8785, https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalize(value: Json): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') return numberText(value)
  if (typeof value === 'string') return stringText(value)
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(canonicalize).join(',')}]`
  if (typeof value === 'object') return objectText(value as { readonly [key: string]: Json | undefined })
  throw new TypeError(`JSON cannot hold a ${typeof value}`)
}

function objectText(value: { readonly [key: string]: Json | undefined }): string {
  // The default order of sort() is by UTF-16 code units, which is what RFC 8785 §3.2.3 asks for.
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${stringText(key)}:${canonicalize(member)}`)
  }
  return `{${members.join(',')}}`
}

function numberText(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`)
  return String(value === 0 ? 0 : value)
}

function stringText(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('JSON text must not hold lone surrogates')
  return JSON.stringify(value)
}
