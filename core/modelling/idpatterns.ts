/** Whether an id is one of those named; `*` in a name stands for any letters. */
export function idMatcher(names: readonly string[]): (id: string) => boolean {
  const patterns = names.map((name) => new RegExp(`^${name.replaceAll('*', '.*')}$`))
  return (id) => patterns.some((pattern) => pattern.test(id))
}
