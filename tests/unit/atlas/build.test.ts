import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MeshoptDecoder } from 'meshoptimizer'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { atlasFileSchema } from '../../../core/anatomy/atlasfile.ts'
import { checkManifold, isSound } from '../../../core/modelling/manifold.ts'
import { buildAtlas, exportAtlas } from '../../../electron/atlas/index.ts'
import { encodePng } from '../../../electron/atlas/png.ts'

const DEFINITIONS = `
structures:
  - id: ball-l
    material: bone
    cellMm: 3
    mirror: ball-r
    fibre: { toward: [40, 1300, 0] }
    landmarks:
      top: { at: [60, 1320, 0], latin: Apex, english: Top, russian: Вершина, uzbek: Uchi }
    sources: [{ cite: test }]
    shape: { smooth-union: { k: 4, of: [{ sphere: { c: [60, 1300, 0], r: 20 } }, { capsule: { a: [60, 1300, 0], b: [60, 1260, 10], ra: 8 } }] } }
  - id: rod
    material: artery
    cellMm: 2
    shape: { sweep: { points: [[0, 1200, 0], [0, 1250, 10], [0, 1300, 0]], radii: [[4, 3]] } }
  - id: lost
    material: bone
    cellMm: 2
    shape: { ref: nowhere }
  - id: hollow
    material: bone
    cellMm: 2
    shape: { sphere: { c: [1, 1301, 1], r: 0.1 } }
  - id: metric
    material: bone
    cellMm: 0.3
    shape: { sphere: { c: [0.1, 1.3, 0], r: 0.05 } }
  - id: giant
    material: bone
    cellMm: 5
    shape: { sphere: { c: [0, 1300, 0], r: 1200 } }
  - id: nameless
    material: bone
    cellMm: 3
    shape: { sphere: { c: [0, 1300, 0], r: 20 } }
  - id: orphan
    material: bone
    cellMm: 3
    shape: { sphere: { c: [0, 1300, 0], r: 20 } }
  - id: unreal
    material: stardust
    cellMm: 3
    shape: { sphere: { c: [0, 1300, 0], r: 20 } }
  - id: folded
    material: bone
    cellMm: 3
    shape: { loft: { stations: [{ c: [0, 1300, 0], n: [0, 1, 0], r: [30, 30, 30, 30] }, { c: [0, 1310, 0], n: [0, 1, 1], r: [30, 30, 30, 30] }] } }
`.replace('radii: [[4, 3]]', 'radii: [[4, 3], [3, 3], [3, 2]]')
const TERMS = [
  'id\tta2\tsystem\tregion\tparent\ttier\tside\tkind\tlatin\tenglish\trussian\tuzbek\treview',
  'ball-l\t12\tskeletal\tthorax\t\t1\tleft\tbone\tGlobus\tBall\tШар\tShar\t',
  'ball-r\t12\tskeletal\tthorax\t\t1\tright\tbone\tGlobus\tBall\tШар\tShar\ty',
  ...['lost', 'hollow', 'metric', 'giant', 'unreal', 'folded'].map(
    (id) => `${id}\t\tskeletal\tthorax\t\t1\tmid\tbone\t${id}\t${id}\t${id}\t${id}\t`,
  ),
  'orphan\t\tskeletal\tthorax\tnobody\t1\tmid\tbone\tO\tO\tO\tO\t',
  'rod\t13\tarteries\tthorax\t\t1\tmid\tartery\tVirga\tRod\tСтержень\tTayoq\t',
].join('\n')

let work: string
let folders: { assets: string; cache: string }

beforeAll(() => {
  work = mkdtempSync(join(tmpdir(), 'sina-atlas-'))
  folders = { assets: join(work, 'assets'), cache: join(work, 'cache') }
  mkdirSync(join(folders.assets, 'thorax'), { recursive: true })
  writeFileSync(join(folders.assets, 'thorax', 'parts.yaml'), DEFINITIONS)
  writeFileSync(join(folders.assets, 'thorax', 'broken.yaml'), 'structures: [ {')
  writeFileSync(join(folders.assets, 'terms.tsv'), TERMS)
  writeFileSync(join(folders.assets, 'relations.tsv'), 'subject\trelation\tobject\nball-l\tsupplied-by\trod\n')
  writeFileSync(
    join(folders.assets, 'materials.yaml'),
    "bone: { colour: '#e6dcc3', roughness: 0.6 }\nartery: { colour: '#c8322b' }",
  )
})
afterAll(() => rmSync(work, { recursive: true, force: true }))

const indexOf = (out: string) =>
  atlasFileSchema.parse(JSON.parse(readFileSync(join(out, 'male', 'atlas.json'), 'utf8')))

/** Positions (whole quanta), structure ids and triangles of a GLB, unpacked. */
async function unpack(path: string) {
  await MeshoptDecoder.ready
  const file = readFileSync(path)
  const length = file.readUInt32LE(12)
  const document = JSON.parse(file.subarray(20, 20 + length).toString())
  const binary = file.subarray(28 + length)
  const read = (accessor: number) => {
    const packed = document.bufferViews[accessor].extensions.EXT_meshopt_compression
    const out = new Uint8Array(packed.count * packed.byteStride)
    const source = binary.subarray(packed.byteOffset, packed.byteOffset + packed.byteLength)
    MeshoptDecoder.decodeGltfBuffer(out, packed.count, packed.byteStride, source, packed.mode, packed.filter)
    return out
  }
  const q = new Uint16Array(read(0).buffer).filter((_, i) => i % 4 !== 3)
  const structures = new Uint16Array(read(2).buffer).filter((_, i) => i % 2 === 0)
  return { document, q, structures, indices: new Uint32Array(read(4).buffer) }
}

describe('building the atlas', () => {
  it('builds what can be built, names what cannot, and writes sound meshes in place', async () => {
    const out = join(work, 'out')
    const steps: string[] = []
    const report = await buildAtlas({
      folders,
      out,
      bodies: ['male'],
      workers: 2,
      onProgress: (s) => steps.push(s.structure),
    })
    expect(report.structures).toBe(3)
    expect(report.bySystem).toEqual({ skeletal: 2, arteries: 1 })
    expect(report.defects.map((d) => [d.structure, d.code]).sort()).toEqual([
      ['folded', 'definition/self-intersection'],
      ['giant', 'definition/outside'],
      ['hollow', 'definition/empty'],
      ['lost', 'definition/missing-ref'],
      ['metric', 'definition/wrong-unit'],
      ['nameless', 'definition/unknown-term'],
      ['orphan', 'definition/missing-parent'],
      ['thorax/broken.yaml#', 'definition/invalid'],
      ['unreal', 'definition/unknown-material'],
    ])
    for (const { file, reason, remedy } of report.defects)
      for (const said of [file, reason, remedy]) expect(said).toBeTruthy()
    expect(steps).toContain('ball-r')
    const atlas = indexOf(out)
    const left = atlas.structures.find((s) => s.id === 'ball-l')!
    const right = atlas.structures.find((s) => s.id === 'ball-r')!
    expect(left.terms.russian).toBe('Шар')
    expect(left.relations).toEqual([{ relation: 'supplied-by', object: 'rod' }])
    expect(right.review).toBe(true)
    expect(right.landmarks[0].at).toEqual([-0.06, 1.32, 0])
    expect(right.fibre).toEqual({ toward: [-0.04, 1.3, 0] })
    expect(left.bounds[1][0]).toBeCloseTo(0.08, 3)
    expect(right.bounds[0][0]).toBe(-left.bounds[1][0])
    expect(left.volumeCm3).toBeGreaterThan(33)
    for (const system of atlas.systems) {
      for (const [lod, file] of system.files.entries()) {
        const { q, structures, indices, document } = await unpack(join(out, 'male', file))
        expect(document.nodes[0].scale[0]).toBe(2 ** -15)
        for (const s of atlas.structures.filter((row) => row.system === system.id)) {
          const span = s.lods.find((l) => l.lod === lod)!
          const part = indices.subarray(span.start, span.start + span.count)
          expect(span.count).toBe(span.triangles! * 3)
          expect(new Set([...part].map((v) => structures[v]))).toEqual(new Set([s.index]))
          const first = Math.min(...part)
          const own = q.subarray(first * 3, (Math.max(...part) + 1) * 3)
          const local = part.map((v) => v - first)
          expect(isSound(checkManifold(own, local)), `${s.id} level ${lod}`).toBe(true)
        }
      }
    }
    expect(atlas.structures[0].lods[1].count).toBeLessThanOrEqual(atlas.structures[0].lods[0].count)
  })

  it('gives the same bytes from the cache, from nothing, and with another number of workers', async () => {
    const read = (out: string) =>
      readdirSync(join(out, 'male')).map((name) => [name, readFileSync(join(out, 'male', name)).toString('base64')])
    const [again, cold] = [join(work, 'again'), join(work, 'cold')]
    await buildAtlas({ folders, out: again, bodies: ['male'] })
    await buildAtlas({ folders: { ...folders, cache: join(work, 'cache2') }, out: cold, bodies: ['male'], workers: 1 })
    expect(read(again)).toEqual(read(join(work, 'out')))
    expect(read(cold)).toEqual(read(join(work, 'out')))
  })

  it('makes only what changed, and clears away files of the build before', async () => {
    const out = join(work, 'out')
    const before = readdirSync(folders.cache)
    const path = join(folders.assets, 'thorax', 'parts.yaml')
    writeFileSync(path, DEFINITIONS.replace('[4, 3], [3, 3]', '[5, 3], [3, 3]'))
    await buildAtlas({ folders, out, bodies: ['male'] })
    writeFileSync(path, DEFINITIONS)
    expect(readdirSync(folders.cache).length).toBe(before.length + 1)
    const atlas = indexOf(out)
    expect(readdirSync(join(out, 'male')).sort()).toEqual(
      ['atlas.json', ...atlas.systems.flatMap((s) => s.files)].sort(),
    )
  })

  it('mends a damaged cache entry by making the mesh again', async () => {
    const cache = join(work, 'cache3')
    const out = join(work, 'mended')
    await buildAtlas({ folders: { ...folders, cache }, out, bodies: ['male'] })
    for (const folder of [cache, join(cache, 'parsed')])
      for (const name of readdirSync(folder)) if (name !== 'parsed') writeFileSync(join(folder, name), 'torn')
    const report = await buildAtlas({ folders: { ...folders, cache }, out, bodies: ['male'] })
    expect(report.structures).toBe(3)
  })

  it('builds tall bodies at the size of the reference, and says how tall they are; exports are of their own size', async () => {
    writeFileSync(join(folders.assets, 'bodies.yaml'), 'bodies: { tall: { sex: male, stature: 2 } }')
    try {
      const out = join(work, 'tall')
      await buildAtlas({ folders, out })
      const atlas = atlasFileSchema.parse(JSON.parse(readFileSync(join(out, 'tall', 'atlas.json'), 'utf8')))
      expect(atlas.scale).toBeCloseTo(1.078, 3)
      expect(atlas.structures.find((s) => s.id === 'ball-l')!.bounds[1][1]).toBeCloseTo(1.32, 2)
      await exportAtlas({ out: join(work, 'tallstl'), folders, body: 'tall' })
      const list = JSON.parse(readFileSync(join(work, 'tallstl', 'structures.json'), 'utf8'))
      const ball = list.find((s: { id: string }) => s.id === 'ball-l')
      expect(ball.bounds[1][1]).toBeCloseTo(1.32 * 1.078, 2)
      const [top] = atlas.structures.find((s) => s.id === 'ball-l')!.landmarks
      expect(ball.landmarks[0].at[1]).toBeCloseTo(top.at[1] * 1.078, 2)
    } finally {
      rmSync(join(folders.assets, 'bodies.yaml'))
    }
  })

  it('keeps the files of a system that did not change, and writes the one that did', async () => {
    const out = join(work, 'kept')
    await buildAtlas({ folders, out, bodies: ['male'] })
    const before = indexOf(out)
    const path = join(folders.assets, 'thorax', 'parts.yaml')
    writeFileSync(path, DEFINITIONS.replace('english: Top', 'english: Summit'))
    await buildAtlas({ folders, out, bodies: ['male'] })
    writeFileSync(path, DEFINITIONS)
    const after = indexOf(out)
    const keyOf = (file: typeof before, id: string) => file.systems.find((s) => s.id === id)!.key
    expect(keyOf(after, 'arteries')).toBe(keyOf(before, 'arteries'))
    expect(keyOf(after, 'skeletal')).not.toBe(keyOf(before, 'skeletal'))
    expect(after.structures.find((s) => s.id === 'ball-l')!.landmarks[0].terms.english).toBe('Summit')
  })

  it('refuses a body that does not exist', async () => {
    await expect(buildAtlas({ folders, out: join(work, 'no'), bodies: ['giant'] })).rejects.toThrow('giant')
  })
})

describe('exporting', () => {
  it('writes a binary STL in mm per structure, and a list', async () => {
    const out = join(work, 'stl')
    const report = await exportAtlas({ out, folders, body: 'male' })
    expect(report.structures).toBe(3)
    const stl = readFileSync(join(out, 'ball-l.stl'))
    const count = stl.readUInt32LE(80)
    expect(stl.length).toBe(84 + 50 * count)
    let volume = 0
    let highest = 0
    for (let t = 0; t < count; t++) {
      const at = (k: number, c: number) => stl.readFloatLE(84 + t * 50 + 12 + k * 12 + c * 4)
      const [a, b, c] = [0, 1, 2].map((k) => [0, 1, 2].map((i) => at(k, i)))
      highest = Math.max(highest, a[1])
      volume +=
        (a[0] * (b[1] * c[2] - b[2] * c[1]) + a[1] * (b[2] * c[0] - b[0] * c[2]) + a[2] * (b[0] * c[1] - b[1] * c[0])) /
        6
    }
    expect(highest).toBeCloseTo(1320, 0)
    const list = JSON.parse(readFileSync(join(out, 'structures.json'), 'utf8'))
    expect(volume / 1000).toBeCloseTo(list.find((s: { id: string }) => s.id === 'ball-l').volumeCm3, 0)
    for (const format of ['obj', 'glb'] as const) {
      await exportAtlas({ out: join(work, format), folders, body: 'male', format })
      expect(readdirSync(join(work, format))).toContain(`rod.${format}`)
    }
  })
})

it('a PNG has the signature, size and rows of one', () => {
  const png = encodePng(2, 1, Uint8Array.from([255, 0, 0, 0, 255, 0]))
  expect([...png.subarray(0, 4)]).toEqual([0x89, 0x50, 0x4e, 0x47])
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([2, 1])
})
