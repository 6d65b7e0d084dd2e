/** A value somewhere in parsed JSON, with the path that leads to it. */
export type Found = { readonly value: unknown; readonly path: readonly (string | number)[] }

/** Every value of parsed JSON, parents first, without recursion. */
export function* walk(root: unknown): Generator<Found> {
  const queue: Found[] = [{ value: root, path: [] }]
  while (queue.length > 0) {
    const found = queue.pop()!
    yield found
    const { value, path } = found
    if (value === null || typeof value !== 'object') continue
    const parts: [string | number, unknown][] = Array.isArray(value)
      ? value.map((part, index) => [index, part])
      : Object.entries(value)
    for (let i = parts.length - 1; i >= 0; i--) queue.push({ value: parts[i][1], path: [...path, parts[i][0]] })
  }
}
