import { z } from 'zod'
import type { Dissection } from '../../scene/dissection.ts'
import type { View } from '../../scene/orbit.ts'

/** A dissection that can be handed on: what is shown, from where, of which body. */
export type Shared = {
  readonly body: string
  readonly dissection: Dissection
  readonly view?: View
}

const idPattern = /^[a-z0-9][a-z0-9-]*$/

/**
 * Writes a dissection as the query of a link. Names the hidden structures, or the shown ones when they are fewer.
 * @param all ids of the body
 */
export function toQuery({ body, dissection, view }: Shared, all: readonly string[]): URLSearchParams {
  const query = new URLSearchParams()
  const hidden = all.filter((id) => dissection.opacity[id] === 0)
  const shown = all.filter((id) => dissection.opacity[id] !== 0)
  if (body !== 'male') query.set('b', body)
  if (hidden.length > shown.length) query.set('o', shown.join(' '))
  else if (hidden.length > 0) query.set('h', hidden.join(' '))
  const faded = all.filter((id) => (dissection.opacity[id] ?? 1) > 0 && (dissection.opacity[id] ?? 1) < 1)
  if (faded.length > 0) query.set('f', faded.map((id) => `${id}:${Math.round(100 * dissection.opacity[id])}`).join(' '))
  if (dissection.selected) query.set('s', dissection.selected)
  if (view) query.set('c', [...view.position, view.yaw, view.pitch].map((value) => value.toFixed(4)).join(' '))
  return query
}

/** Reads what {@link toQuery} wrote. Ids that the body does not have are left out; nonsense gives the whole body. */
export function fromQuery(query: URLSearchParams, all: readonly string[]): Shared {
  const known = new Set(all)
  const list = (name: string) => (query.get(name) ?? '').split(' ').filter((id) => idPattern.test(id) && known.has(id))
  const opacity: Record<string, number> = {}
  const only = query.has('o') ? new Set(list('o')) : undefined
  if (only && only.size > 0) for (const id of all) if (!only.has(id)) opacity[id] = 0
  for (const id of list('h')) opacity[id] = 0
  for (const part of (query.get('f') ?? '').split(' ')) {
    const [id, percent] = part.split(':')
    const value = Number(percent) / 100
    if (known.has(id) && value > 0 && value < 1) opacity[id] = value
  }
  const selected = query.get('s')
  const view = viewFrom(query.get('c'))
  return {
    body: query.get('b') === 'female' ? 'female' : 'male',
    dissection: { opacity, selected: selected !== null && known.has(selected) ? selected : null },
    ...(view ? { view } : {}),
  }
}

function viewFrom(text: string | null): View | undefined {
  const numbers = (text ?? '').split(' ').map(Number)
  if (numbers.length !== 5 || !numbers.every((value) => Number.isFinite(value) && Math.abs(value) < 100))
    return undefined
  const [x, y, z, yaw, pitch] = numbers
  return { position: [x, y, z], yaw, pitch }
}

const fileSchema = z
  .object({
    sina: z.literal('dissection'),
    version: z.literal(1),
    query: z.string().max(200_000),
  })
  .strict()

/** The same as a file, for a class or a folder. */
export function toFile(shared: Shared, all: readonly string[]): string {
  return `${JSON.stringify({ sina: 'dissection', version: 1, query: toQuery(shared, all).toString() }, null, 2)}\n`
}

/** @throws Error `atlas/not-a-dissection` */
export function fromFile(text: string, all: readonly string[]): Shared {
  let raw: unknown
  try {
    raw = JSON.parse(text)
  } catch (cause) {
    throw new Error('atlas/not-a-dissection', { cause })
  }
  const parsed = fileSchema.safeParse(raw)
  if (!parsed.success) throw new Error('atlas/not-a-dissection', { cause: parsed.error })
  return fromQuery(new URLSearchParams(parsed.data.query), all)
}
