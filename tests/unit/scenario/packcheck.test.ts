import { describe, expect, test } from 'vitest'
import { isOlder, readPack } from '../../../core/scenario/packcheck.ts'
import { SIGNATURE_FILE, signPack } from '../../../core/scenario/signature.ts'
import { filesOf, packFolder } from './fixture.ts'

const APP = '0.1.0'
const CASE = 'cases/chest-drain.json'
const encode = (value: unknown) => new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))
const original = filesOf(packFolder)
const json = (path: string) => JSON.parse(new TextDecoder().decode(original.get(path)))

/** The pack with one file put in another's place. */
function withFile(path: string, content: unknown) {
  return new Map(original).set(path, content instanceof Uint8Array ? content : encode(content))
}

/** The pack with one value of a JSON file changed; the path is a JSON pointer. */
function edited(file: string, pointer: string, value: unknown) {
  const root = json(file)
  const keys = pointer.split('/').slice(1)
  const last = keys.pop()!
  const parent = keys.reduce((at, key) => at[key], root)
  if (value === undefined) delete parent[last]
  else parent[last] = value
  return withFile(file, root)
}

function problemsOf(files: ReadonlyMap<string, Uint8Array>, app = APP) {
  const reading = readPack(files, app)
  return 'problems' in reading ? reading.problems : []
}

function nested(depth: number): unknown {
  let condition: unknown = { is: 'arrest' }
  for (let i = 0; i < depth; i++) condition = { is: 'not', of: condition }
  return condition
}

describe('the chest-drain pack', () => {
  test('has nothing wrong', () => expect(problemsOf(original)).toEqual([]))

  test('has every text in three languages and none too many', () => {
    const keys = ['en', 'ru', 'uz'].map((language) => Object.keys(json(`locales/${language}.json`)).sort())
    expect(keys[1]).toEqual(keys[0])
    expect(keys[2]).toEqual(keys[0])
    const used = new Set(['side.left.on', 'side.right.on'])
    const collect = (value: unknown): void => {
      if (typeof value === 'string' && value.startsWith('@')) used.add(value.slice(1))
      else if (value !== null && typeof value === 'object') Object.values(value).forEach(collect)
    }
    collect(json(CASE))
    collect(json('pack.json'))
    expect(keys[0].filter((key) => !used.has(key))).toEqual([])
  })

  test('writes Uzbek with ʻ and ʼ, Russian in Cyrillic', () => {
    const uzbek = Object.values(json('locales/uz.json')) as string[]
    expect(uzbek.filter((text) => /['‘’`´]|[а-яё]/i.test(text))).toEqual([])
    expect(uzbek.some((text) => text.includes('ʻ'))).toBe(true)
    const russian = Object.values(json('locales/ru.json')) as string[]
    expect(russian.filter((text) => !/[а-яё]/i.test(text) && !/^[\d\s{}.,a-z/]+$/i.test(text))).toEqual([])
  })

  test('keeps the names of drugs out of the texts', () => {
    for (const { names } of json(CASE).drugs as { names: Record<string, string> }[])
      for (const [language, name] of Object.entries(names))
        for (const text of Object.values(json(`locales/${language}.json`)) as string[])
          expect(text.replaceAll(/\{\{\w+\}\}/g, '').toLowerCase()).not.toContain(name.slice(0, 7))
  })

  test('keeps doses and sizes out of the texts', () => {
    for (const language of ['en', 'ru', 'uz'])
      for (const text of Object.values(json(`locales/${language}.json`)) as string[])
        expect(text.replaceAll(/\{\{\w+\}\}/g, '')).not.toMatch(/\d\s?(mg|мг|mL|мл|ml|%\s?lido|Fr)/i)
  })

  test('has at least eighteen steps at each start, and the errors of the procedure by name', () => {
    const source = json(CASE)
    type Row = { starts?: string[]; steps: { starts?: string[] }[] }
    for (const { id } of source.starts) {
      const here = (row: { starts?: string[] }) => row.starts === undefined || row.starts.includes(id)
      const steps = source.phases.filter(here).flatMap((phase: Row) => phase.steps.filter(here))
      expect(steps.length).toBeGreaterThanOrEqual(18)
    }
    const errors = source.errors.map(({ id }: { id: string }) => id)
    const named =
      'wrong-side below-the-rib collateral-hit too-deep-lung too-deep-heart too-low outside-safe-triangle no-sweep hole-outside drain-kinked drain-clamped no-seal trocar overdose-local image-first no-oxygen no-timeout plunge drain-without-air'
    expect(errors).toEqual(expect.arrayContaining(named.split(' ')))
  })

  test('says that its bars are provisional and that no clinician reviewed it', () => {
    for (const { bars } of json(CASE).metrics)
      for (const bar of bars) expect(bar).toMatchObject({ provisional: true, n: 0 })
    expect(json('pack.json').reviewer).toBeNull()
  })
})

describe('a bad pack is refused with file, pointer, reason and remedy', () => {
  const refused: [string, ReadonlyMap<string, Uint8Array>, { code: string; file: string; pointer: string }][] = [
    ['not JSON', withFile('pack.json', '{"format": 1,'), { code: 'pack/bad-json', file: 'pack.json', pointer: '' }],
    [
      'not UTF-8',
      withFile('pack.json', new Uint8Array([0xff, 0xfe])),
      { code: 'pack/bad-json', file: 'pack.json', pointer: '' },
    ],
    [
      'a key twice',
      withFile('pack.json', '{"a":1,"a":2}'),
      { code: 'pack/bad-json', file: 'pack.json', pointer: '/a' },
    ],
    [
      '__proto__',
      withFile('pack.json', '{"a":{"__proto__":{}}}'),
      { code: 'pack/unknown-key', file: 'pack.json', pointer: '/a/__proto__' },
    ],
    [
      'no manifest',
      new Map([...original].filter(([path]) => path !== 'pack.json')),
      { code: 'pack/missing-file', file: 'pack.json', pointer: '' },
    ],
    [
      'an unknown key',
      edited(CASE, '/phases/0/steps/0/next', true),
      { code: 'pack/unknown-key', file: CASE, pointer: '/phases/0/steps/0/next' },
    ],
    ['a wrong type', edited(CASE, '/minutes', 'soon'), { code: 'pack/invalid', file: CASE, pointer: '/minutes' }],
    [
      'an unknown tool',
      edited(CASE, '/errors/1/when', { is: 'hit', tool: 'laser' }),
      { code: 'pack/invalid', file: CASE, pointer: '/errors/1/when/tool' },
    ],
    [
      'an unknown observable',
      edited(CASE, '/errors/1/when', { is: 'observe', name: 'mood.low' }),
      { code: 'pack/invalid', file: CASE, pointer: '/errors/1/when/name' },
    ],
    [
      'another format',
      edited('pack.json', '/format', 2),
      { code: 'pack/format', file: 'pack.json', pointer: '/format' },
    ],
    [
      'a newer app needed',
      edited('pack.json', '/minApp', '9.0.0'),
      { code: 'pack/needs-newer-app', file: 'pack.json', pointer: '/minApp' },
    ],
    [
      'a wrong version',
      edited('pack.json', '/version', 'one'),
      { code: 'pack/invalid', file: 'pack.json', pointer: '/version' },
    ],
    [
      'missing media',
      new Map([...original].filter(([path]) => path !== 'media/film-before-left.svg')),
      { code: 'pack/missing-file', file: CASE, pointer: '/orders/5/results/0/media' },
    ],
    [
      'media outside',
      edited(CASE, '/orders/5/results/0/media', 'media/../pack.json'),
      { code: 'pack/invalid', file: CASE, pointer: '/orders/5/results/0/media' },
    ],
    [
      'a script in an image',
      withFile('media/film-before-left.svg', '<svg><script>1</script></svg>'),
      { code: 'pack/active-media', file: 'media/film-before-left.svg', pointer: '' },
    ],
    [
      'a link in an image',
      withFile('media/film-before-left.svg', '<svg><image href="https://a.b/c.png"/></svg>'),
      { code: 'pack/active-media', file: 'media/film-before-left.svg', pointer: '' },
    ],
    [
      'a style sheet that loads',
      withFile('media/film-before-left.svg', '<svg><style>a{fill:url(https://a.b/c.svg)}</style></svg>'),
      { code: 'pack/active-media', file: 'media/film-before-left.svg', pointer: '' },
    ],
    ['a stray file', withFile('run.js', 'alert(1)'), { code: 'pack/unexpected-file', file: 'run.js', pointer: '' }],
    [
      'a missing text',
      edited('locales/uz.json', '/pack.title', undefined),
      { code: 'pack/missing-text', file: 'locales/uz.json', pointer: '/pack.title' },
    ],
    [
      'a lost placeholder',
      edited('locales/ru.json', '/tool.drain.use', 'Трубка'),
      { code: 'pack/placeholder', file: 'locales/ru.json', pointer: '/tool.drain.use' },
    ],
    [
      'an unknown step',
      edited(CASE, '/errors/0/steps', ['fly']),
      { code: 'pack/unknown-reference', file: CASE, pointer: '/errors/0/steps/0' },
    ],
    [
      'an unknown question in a condition',
      edited(CASE, '/errors/0/when', { is: 'answered', question: 'why', result: 'any' }),
      { code: 'pack/unknown-reference', file: CASE, pointer: '/errors/0/when/question' },
    ],
    [
      'an id twice',
      edited(CASE, '/errors/1/id', 'wrong-side'),
      { code: 'pack/duplicate-id', file: CASE, pointer: '/errors/1/id' },
    ],
    [
      'steps in a circle',
      edited(CASE, '/phases/0/steps/0/requires', ['examine']),
      { code: 'pack/rule', file: CASE, pointer: '/phases/0/steps/0/requires' },
    ],
    [
      'two right answers',
      edited(CASE, '/questions/0/options/0/right', true),
      { code: 'pack/rule', file: CASE, pointer: '/questions/0/options' },
    ],
    [
      'an empty range',
      edited(CASE, '/errors/1/when', { is: 'hit', byMm: { atLeast: 2, atMost: 1 } }),
      { code: 'pack/rule', file: CASE, pointer: '/errors/1/when/byMm' },
    ],
    [
      'a bar out of order',
      edited(CASE, '/metrics/0/bars/0/worst', -1),
      { code: 'pack/rule', file: CASE, pointer: '/metrics/0/bars/0' },
    ],
    [
      '20,000 nested conditions',
      edited(CASE, '/errors/0/when', nested(60)),
      {
        code: 'pack/too-deep',
        file: CASE,
        pointer: expect.stringMatching(/^\/errors\/0\/when\/of\//) as unknown as string,
      },
    ],
  ]
  test.each(refused)('%s', (_, files, expected) => {
    const problems = problemsOf(files)
    expect(problems).toContainEqual(expect.objectContaining(expected))
    for (const { reason, remedy } of problems) {
      expect(reason).not.toBe('')
      expect(remedy).not.toBe('')
    }
  })

  test('10,000 steps', () => {
    const source = json(CASE)
    source.phases[0].steps = Array.from({ length: 10_000 }, (_, i) => ({
      ...source.phases[0].steps[0],
      id: `step-${i}`,
    }))
    const bytes = encode(source)
    expect(bytes.byteLength).toBeGreaterThan(2_000_000)
    expect(problemsOf(withFile(CASE, bytes))).toContainEqual(
      expect.objectContaining({ file: CASE, code: 'pack/too-large' }),
    )
    source.phases[0].steps = source.phases[0].steps.slice(0, 600)
    expect(problemsOf(withFile(CASE, source))).toContainEqual(
      expect.objectContaining({ file: CASE, code: 'pack/too-many', pointer: '/phases/0/steps' }),
    )
  })

  test('20,000 nested arrays or objects do not touch the stack', () => {
    for (const text of ['['.repeat(20_000), `${'{"is":"not","of":'.repeat(20_000)}1${'}'.repeat(20_000)}`])
      expect(problemsOf(withFile(CASE, text))).toContainEqual(
        expect.objectContaining({ file: CASE, code: 'pack/too-deep' }),
      )
  })

  test('too many conditions', () => {
    const many = {
      is: 'any',
      of: Array.from({ length: 60 }, () => ({ is: 'any', of: Array(60).fill({ is: 'arrest' }) })),
    }
    expect(problemsOf(edited(CASE, '/errors/0/when', many))).toContainEqual(
      expect.objectContaining({ code: 'pack/too-many', pointer: expect.stringContaining('/') }),
    )
  })
})

describe('signatures', () => {
  const key = new Uint8Array(32).fill(7)
  const signed = withFile(SIGNATURE_FILE, signPack(original, key, 'A school'))

  test('a whole pack is known by its signer; signing does not change what it is', () => {
    const reading = readPack(signed, APP)
    const unsigned = readPack(original, APP)
    if ('problems' in reading || 'problems' in unsigned) throw new Error('refused')
    expect(reading.signature).toBe('valid')
    expect(reading.signer?.name).toBe('A school')
    expect(reading.digest).toBe(unsigned.digest)
    expect(unsigned.signer).toBeNull()
  })

  test('a changed, added or removed file is named', () => {
    const changed = new Map(signed).set(
      'locales/en.json',
      encode({ ...json('locales/en.json'), 'pack.title': 'Other' }),
    )
    expect(problemsOf(changed)).toContainEqual(
      expect.objectContaining({ code: 'pack/bad-signature', file: 'locales/en.json' }),
    )
    const fewer = new Map([...signed].filter(([path]) => path !== 'media/film-after-left.svg'))
    expect(problemsOf(fewer)).toContainEqual(
      expect.objectContaining({ code: 'pack/bad-signature', file: 'media/film-after-left.svg' }),
    )
  })

  test('a list that was made again without the key is refused', () => {
    const other = withFile('locales/en.json', { ...json('locales/en.json'), 'pack.title': 'Other' })
    const forged = {
      ...signPack(other, new Uint8Array(32).fill(9), 'A school'),
      publicKey: signPack(original, key, '').publicKey,
    }
    expect(problemsOf(new Map(other).set(SIGNATURE_FILE, encode(forged)))).toContainEqual(
      expect.objectContaining({ code: 'pack/bad-signature', pointer: '/signature' }),
    )
  })
})

test('versions are ordered as semver orders them', () => {
  const ordered = ['0.1.0', '0.2.0-alpha', '0.2.0', '0.10.0', '1.0.0']
  ordered.forEach((a, i) => {
    ordered.forEach((b, j) => {
      expect(isOlder(a, b)).toBe(i < j)
    })
  })
})
