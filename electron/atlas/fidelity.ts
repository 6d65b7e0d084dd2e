import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'yaml'
import { z } from 'zod'
import type { BonesReport } from './check/bones.ts'
import { exportAtlas } from './export.ts'
import type { PoolFolders } from './pool.ts'

const scoreSchema = z.object({
  summary: z.looseObject({ structures: z.number(), watertight: z.number() }),
  warnings: z.array(z.string()),
  structures: z.array(
    z.object({
      id: z.string(),
      watertight: z.boolean(),
      degenerate: z.number(),
      reference: z
        .object({
          nodes: z.array(z.string()),
          volumeRatio: z.number().nullable(),
          outerVolumeRatio: z.number().nullable(),
          mean_mm: z.number(),
          p95_mm: z.number(),
        })
        .nullable(),
    }),
  ),
})

const exclusionSchema = z.strictObject({
  /** Nodes of the reference that no structure answers to, and why. */
  exclusions: z.array(z.strictObject({ nodes: z.array(z.string()).min(1), reason: z.string().min(1) })),
})

export type Fidelity = {
  readonly body: string
  readonly structures: number
  readonly closed: number
  readonly scored: readonly {
    readonly id: string
    readonly meanMm: number
    readonly p95Mm: number
    /** Of the outer wall where the reference is hollow; nothing where it is open. */
    readonly volumeRatio: number | null
  }[]
  readonly nodes: number
  readonly used: number
  readonly excluded: readonly { readonly nodes: readonly string[]; readonly reason: string }[]
  /** Nodes with neither a structure nor a reason: they count as failed. */
  readonly unmapped: readonly string[]
  readonly notes: readonly string[]
}

export type FidelityOptions = {
  /** The scoring program, `atlas-fidelity.mjs`. */
  readonly tool: string
  /** Folder with the reference's GLB files. */
  readonly reference: string
  readonly folders: PoolFolders
}

/** Nodes of each sex are the other's business only where a body of that sex has the structure. */
const SEX = { male: /^VH_M_/, female: /^VH_F_/ } as const

/** Exports a body in the pose of the reference and has it scored. Throws when the tool fails. */
export async function scoreFidelity(sex: 'male' | 'female', options: FidelityOptions): Promise<Fidelity> {
  const out = mkdtempSync(join(tmpdir(), 'sina-fidelity-'))
  try {
    await exportAtlas({ out, folders: options.folders, body: sex, pose: 'hra' })
    const args = [options.tool, out, '--json', '--reference', options.reference]
    const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 28 })
    const score = scoreSchema.parse(JSON.parse(stdout))
    const mine = (name: string) => SEX[sex].test(name)
    const all = nodesOf(options.reference)
    const nodes = [...all.keys()].filter(mine)
    const scored = score.structures.filter((s) => s.reference?.nodes.some(mine))
    const used = new Set(scored.flatMap((s) => s.reference!.nodes))
    const excluded = exclusionsOf(options.folders.assets).flatMap(({ nodes: names, reason }) => {
      const here = names.filter((n) => mine(n) && !used.has(n))
      return here.length > 0 ? [{ nodes: here, reason }] : []
    })
    const named = new Set(excluded.flatMap((e) => e.nodes))
    return {
      body: sex,
      structures: score.structures.length,
      closed: score.summary.watertight,
      scored: scored.map(({ id, reference }) => ({
        id,
        meanMm: reference!.mean_mm,
        p95Mm: reference!.p95_mm,
        volumeRatio:
          reference!.outerVolumeRatio ??
          (reference!.nodes.every((n) => all.get(n) === 'closed') ? reference!.volumeRatio : null),
      })),
      nodes: nodes.length,
      used: nodes.filter((n) => used.has(n)).length,
      excluded,
      unmapped: nodes.filter((n) => !used.has(n) && !named.has(n)),
      notes: score.warnings,
    }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}

function exclusionsOf(assets: string): z.infer<typeof exclusionSchema>['exclusions'] {
  return exclusionSchema.parse(parse(readFileSync(join(assets, 'fidelity.yaml'), 'utf8'))).exclusions
}

/** Meshes in the reference's files: by name, whether closed. */
function nodesOf(folder: string): ReadonlyMap<string, 'closed' | 'open'> {
  const found = new Map<string, 'closed' | 'open'>()
  for (const name of ['reference.glb', 'reference-female.glb']) {
    const file = readFileSync(join(folder, name))
    const document = JSON.parse(file.subarray(20, 20 + file.readUInt32LE(12)).toString()) as {
      nodes: { name: string; mesh?: number; extras?: { volumeKind?: string } }[]
    }
    for (const { name: node, mesh, extras } of document.nodes)
      if (mesh !== undefined) found.set(node, extras?.volumeKind === 'closed' ? 'closed' : 'open')
  }
  return found
}

const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted.length === 0 ? Number.NaN : sorted[Math.floor(sorted.length / 2)]
}

/** Figures of a score beside their budgets. Unmapped nodes count as failed in the shares. */
export function summaryOf(f: Fidelity) {
  const failed = f.unmapped.length
  const within = (mm: number) => f.scored.filter((s) => s.meanMm <= mm).length / Math.max(1, f.scored.length + failed)
  const ratios = f.scored.flatMap((s) => (s.volumeRatio === null ? [] : [s.volumeRatio]))
  return {
    medianMeanMm: median(f.scored.map((s) => s.meanMm)),
    within4: within(4),
    within8: within(8),
    medianVolumeRatio: median(ratios),
    excludedShare: f.excluded.reduce((n, e) => n + e.nodes.length, 0) / f.nodes,
  }
}

/** The table as Markdown, worst first. `weak` is what a person wrote about it, kept as it is. */
export function fidelityPage(bodies: readonly Fidelity[], weak: string, bones?: BonesReport): string {
  const lines = [
    '# Fidelity to measured anatomy',
    '',
    'Written by `npx --no sina atlas fidelity`. The built body, in the pose of the reference, beside the Human Reference Atlas (HuBMAP,',
    'Visible Human, CC BY 4.0): mean and 95th percentile of the symmetric distance between surfaces, and the ratio of volumes',
    '(of the outer wall where the reference is a hollow shell; only where it is closed). A node without a counterpart and without a stated reason counts as failed.',
    '',
    '| body | structures | closed | scored | nodes used | excluded | unmapped | median of means (≤ 4 mm) | within 8 mm (≥ 90 %) | median volume ratio (0.85–1.15) |',
    '|---|---|---|---|---|---|---|---|---|---|',
    ...bodies.map((f) => {
      const s = summaryOf(f)
      const out = f.excluded.reduce((n, e) => n + e.nodes.length, 0)
      const cells = [
        f.body,
        f.structures,
        f.closed,
        f.scored.length,
        `${f.used} of ${f.nodes}`,
        `${out} (${(100 * s.excludedShare).toFixed(0)} %)`,
        f.unmapped.length,
        `${s.medianMeanMm.toFixed(2)} mm`,
        `${(100 * s.within8).toFixed(0)} %`,
        s.medianVolumeRatio.toFixed(2),
      ]
      return `| ${cells.join(' | ')} |`
    }),
    '',
    weak.trim(),
    '',
    ...(bones ? bonesTable(bones) : []),
  ]
  for (const f of bodies) {
    lines.push(`## ${f.body}`, '', '| structure | mean mm | p95 mm | volume ratio |', '|---|---|---|---|')
    for (const s of [...f.scored].sort((a, b) => b.meanMm - a.meanMm))
      lines.push(`| ${s.id} | ${s.meanMm.toFixed(2)} | ${s.p95Mm.toFixed(2)} | ${s.volumeRatio?.toFixed(2) ?? '–'} |`)
    lines.push('', `Excluded beforehand:`, '')
    for (const e of f.excluded) lines.push(`- ${e.reason}: ${e.nodes.join(', ')}`)
    if (f.unmapped.length > 0) lines.push('', `Unmapped: ${f.unmapped.join(', ')}`)
    lines.push('')
  }
  return `${lines.join('\n').trimEnd()}\n`
}

/** Bones and joint centres of the male body beside measured ones. */
function bonesTable({ bones, joints }: BonesReport): string[] {
  const share = (is: number, measured: number) => `${(100 * (is / measured - 1)).toFixed(0)} %`
  return [
    '## Bones',
    '',
    'Greatest and middle extent along the principal axes, male: thigh, leg and pelvis beside the Human Reference Atlas, all others beside the model',
    'of Rajagopal et al. 2016, scaled to the stature (budget 5 %); joint centres in the pose of the reference (budget 10 mm).',
    '',
    '| bone | length mm | measured | | width mm | measured | |',
    '|---|---|---|---|---|---|---|',
    ...bones.map((b) => {
      const cells = [b.length, b.measuredLength, b.width, b.measuredWidth].map((mm) => mm.toFixed(1))
      const [length, measured, width, measuredWidth] = cells
      const off = [share(b.length, b.measuredLength), share(b.width, b.measuredWidth)]
      return `| ${b.bone} | ${length} | ${measured} | ${off[0]} | ${width} | ${measuredWidth} | ${off[1]} |`
    }),
    '',
    '| joint | off mm | to the left, up, to the front |',
    '|---|---|---|',
    ...joints.map((j) => `| ${j.joint} | ${j.mm.toFixed(1)} | ${j.off.map((mm) => mm.toFixed(1)).join(', ')} |`),
    '',
  ]
}
