/** A value somewhere in parsed JSON. The path that leads to it is put together only when asked for. */
export class Found {
  readonly value: unknown
  private readonly parent: Found | undefined
  private readonly key: string | number

  constructor(value: unknown, key: string | number = '', parent?: Found) {
    this.value = value
    this.key = key
    this.parent = parent
  }

  get path(): (string | number)[] {
    const path: (string | number)[] = []
    for (let found: Found = this; found.parent !== undefined; found = found.parent) path.push(found.key)
    return path.reverse()
  }
}

/** Every value of parsed JSON, parents first, without recursion. */
export function walk(root: unknown): Found[] {
  const all = [new Found(root)]
  for (let at = 0; at < all.length; at++) {
    const found = all[at]
    const { value } = found
    if (Array.isArray(value)) for (let i = 0; i < value.length; i++) all.push(new Found(value[i], i, found))
    else if (value !== null && typeof value === 'object')
      for (const key of Object.keys(value)) all.push(new Found((value as Record<string, unknown>)[key], key, found))
  }
  return all
}
