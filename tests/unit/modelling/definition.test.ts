import { describe, expect, it } from 'vitest'
import { compileBody, withParams } from '../../../core/modelling/compile.ts'
import { DefinitionError, readDefinitions } from '../../../core/modelling/definition.ts'

const body = { sex: 'male', params: { adiposity: 0, stature: 0 } } as const
const structure = (id: string, shape: unknown, more: object = {}) => ({
  id,
  material: 'bone',
  cellMm: 2,
  shape,
  ...more,
})
const file = (content: unknown) => [{ name: 'thorax/bones.yaml', content }]
const ball = { sphere: { c: [10, 0, 0], r: 5 } }

describe('reading definitions', () => {
  it('leaves out a bad structure, says where and what to do, and keeps the rest', () => {
    const library = readDefinitions(
      file({ structures: [structure('good', ball), structure('bad', { union: { of: [ball, { spher: { r: 1 } }] } })] }),
    )
    expect(library.structures.map((s) => s.id)).toEqual(['good'])
    expect(library.problems).toMatchObject([
      {
        code: 'definition/unknown-shape',
        file: 'thorax/bones.yaml',
        pointer: '/structures/1/shape/union/of/1/spher',
        reason: 'no shape is called "spher"',
      },
    ])
    expect(library.problems[0].remedy).toContain('sphere')
  })

  it.each([
    [
      'an unknown key',
      { sphere: { c: [0, 0, 0], r: 1, radius: 2 } },
      'definition/unknown-key',
      '/structures/0/shape/sphere',
    ],
    ['two keys', { sphere: ball.sphere, box: {} }, 'definition/not-a-map', '/structures/0/shape'],
    [
      'a word for a number',
      { sphere: { c: [0, 0, 'x'], r: 1 } },
      'definition/invalid',
      '/structures/0/shape/sphere/c/2',
    ],
    [
      'an unknown parameter',
      { sphere: { c: [0, 0, 0], r: { param: 'age', at: [[0, 1]] } } },
      'definition/invalid',
      '/structures/0/shape/sphere/r',
    ],
    ['nothing', null, 'definition/not-a-map', '/structures/0/shape'],
  ])('refuses %s', (_, shape, code, pointer) => {
    const { problems } = readDefinitions(file({ structures: [structure('x', shape)] }))
    expect(problems).toMatchObject([{ code, pointer }])
  })

  it('refuses unknown keys of a structure, a bad id, an id given twice, and a file that is no map', () => {
    const found = readDefinitions([
      ...file({ structures: [structure('a', ball, { colour: 'red' }), structure('Rib 5', ball)] }),
      ...file({ structures: [structure('b', ball), structure('c', ball, { mirror: 'b' })] }),
      { name: 'x.yaml', content: ['list'] },
    ]).problems.map((p) => p.code)
    expect(found).toEqual([
      'definition/unknown-key',
      'definition/invalid',
      'definition/duplicate-id',
      'definition/invalid',
    ])
  })
})

describe('a compiled body', () => {
  it('mirrors, follows refs and prefers the variant of its sex', () => {
    const library = readDefinitions(
      file({
        structures: [
          structure('ball-l', ball, { mirror: 'ball-r' }),
          structure('skin', { sphere: { c: [0, 0, 0], r: 50 } }),
          structure('skin', { sphere: { c: [0, 0, 0], r: 40 } }, { variant: { sex: 'female' } }),
          structure('both', { union: { of: [{ ref: 'ball-l' }, { ref: 'ball-r' }, { ref: 'core' }] } }),
        ],
        constructions: { core: { sphere: { c: [0, 0, 0], r: 1 } } },
      }),
    )
    expect(library.problems).toEqual([])
    const male = compileBody(library, body)
    const female = compileBody(library, { ...body, sex: 'female' })
    expect(male.field('ball-r').distance(-10, 0, 0)).toBeCloseTo(-5)
    expect(male.field('both').distance(-10, 0, 0)).toBeCloseTo(-5)
    expect(male.field('skin').distance(0, 0, 0)).toBeCloseTo(-50)
    expect(female.field('skin').distance(0, 0, 0)).toBeCloseTo(-40)
    expect(male.structures.map((s) => s.id)).toEqual(['ball-l', 'ball-r', 'skin', 'both'])
  })

  it('gives each sex its own variant of a construction', () => {
    const sphere = (r: number) => ({ sphere: { c: [0, 0, 0], r } })
    const library = readDefinitions(
      file({
        structures: [structure('skin', { ref: 'face' })],
        constructions: { face: sphere(50) },
        variants: { female: { face: sphere(40) } },
      }),
    )
    expect(library.problems).toEqual([])
    const male = compileBody(library, body)
    const female = compileBody(library, { ...body, sex: 'female' })
    expect(male.field('skin').distance(0, 0, 0)).toBeCloseTo(-50)
    expect(female.field('skin').distance(0, 0, 0)).toBeCloseTo(-40)
    expect(female.closure('skin')).not.toBe(male.closure('skin'))
  })

  it('changes the closure of all that refers to a changed shape, and of nothing else', () => {
    const make = (r: number) =>
      compileBody(
        readDefinitions(
          file({
            structures: [structure('a', { offset: { of: { ref: 'core' }, by: 1 } }), structure('b', ball)],
            constructions: { core: { sphere: { c: [0, 0, 0], r } } },
          }),
        ),
        body,
      )
    expect(make(1).closure('a')).not.toBe(make(2).closure('a'))
    expect(make(1).closure('b')).toBe(make(2).closure('b'))
    expect(make(1).closure('a')).not.toContain('core')
  })

  it('names a missing ref and a circle', () => {
    const compiled = compileBody(
      readDefinitions(
        file({
          structures: [structure('lost', { ref: 'nowhere' })],
          constructions: { a: { ref: 'b' }, b: { mirror: { of: { ref: 'a' } } } },
        }),
      ),
      body,
    )
    const codeOf = (id: string) => {
      try {
        compiled.field(id)
      } catch (error) {
        return error instanceof DefinitionError ? [error.problem.code, error.problem.reason] : undefined
      }
    }
    expect(codeOf('lost')).toEqual(['definition/missing-ref', 'nothing is called "nowhere"'])
    expect(codeOf('a')).toEqual(['definition/circular-ref', 'a → b → a'])
    expect(() => compiled.closure('a')).toThrow('circular')
  })
})

it('parameters are piecewise linear and constant beyond their ends', () => {
  const thickness = {
    param: 'adiposity',
    at: [
      [-2, 4],
      [0, 12],
      [3, 45],
    ],
  }
  const at = (adiposity: number) => (withParams({ t: thickness }, { adiposity, stature: 0 }) as { t: number }).t
  expect([-5, -2, -1, 0, 1.5, 3, 9].map(at)).toEqual([4, 4, 8, 12, 28.5, 45, 45])
})
