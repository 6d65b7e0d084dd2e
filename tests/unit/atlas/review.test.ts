import { describe, expect, it } from 'vitest'
import { readDefinitions } from '../../../core/modelling/definition.ts'
import { NO_RIG } from '../../../core/modelling/rig.ts'
import type { Assets } from '../../../electron/atlas/library.ts'
import { exportReview, importReview, reviewedTable } from '../../../electron/atlas/review.ts'

const row = (id: string, review = '') => ({
  id,
  kind: 'organ',
  ta2: '1',
  latin: 'Hepar',
  english: 'Liver, "the"',
  russian: 'печень',
  uzbek: 'jigar',
  review,
})
const assets: Assets = {
  library: readDefinitions([
    {
      name: 'a.yaml',
      content: {
        structures: [
          {
            id: 'liver',
            material: 'liver',
            cellMm: 3,
            shape: { sphere: { c: [0, 1200, 0], r: 50 } },
            landmarks: {
              hilum: {
                at: [0, 1200, 0],
                latin: 'Porta',
                english: 'Porta',
                russian: 'ворота',
                uzbek: 'darvoza',
                review: true,
              },
            },
          },
          { id: 'spleen', material: 'spleen', cellMm: 3, shape: { sphere: { c: [90, 1200, 0], r: 30 } } },
        ],
      },
    },
  ]),
  terms: new Map([
    ['liver', row('liver')],
    ['spleen', row('spleen', 'y')],
  ]),
  relations: [],
  reviewed: [],
  materials: {},
  rig: NO_RIG,
  hiddenFirst: () => false,
  fill: () => false,
}
const approve = (csv: string, key: string, languages: string, change: (line: string) => string = (l) => l): string =>
  csv
    .split('\r\n')
    .map((line) => (line.startsWith(`${key},`) ? `${change(line).replace(/,[^,]*$/, '')},${languages}` : line))
    .join('\r\n')

describe('review of terms', () => {
  it('exports structures and landmarks, doubted ones first, so that a spreadsheet reads them', () => {
    const csv = exportReview(assets)
    expect(csv.startsWith('\uFEFFkey,kind,ta2,latin,english,russian,uzbek,doubted,approved\r\n')).toBe(true)
    const keys = csv
      .trimEnd()
      .split('\r\n')
      .slice(1)
      .map((line) => line.split(',')[0])
    expect(keys).toEqual(['liver/hilum', 'spleen', 'liver'])
    expect(csv).toContain('"Liver, ""the"""')
  })

  it('takes approved terms back, and exports them as approved', () => {
    const csv = approve(exportReview(assets), 'spleen', 'uzbek', (l) => l.replace('jigar', 'taloq'))
    const { reviewed, taken, problems } = importReview(csv, assets, 'Reviewer', '2026-01-02')
    expect(problems).toEqual([])
    expect(taken).toBe(1)
    expect(reviewed).toEqual([
      { key: 'spleen', language: 'uzbek', term: 'taloq', reviewer: 'Reviewer', date: '2026-01-02' },
    ])
    expect(reviewedTable(reviewed)).toContain('spleen\tuzbek\ttaloq\tReviewer\t2026-01-02\n')
    const again = exportReview({ ...assets, reviewed })
    expect(again).toContain('taloq,,uzbek')
    expect(importReview(again, { ...assets, reviewed }, 'Other', '2027-01-01').taken).toBe(0)
  })

  it.each([
    ['review/unknown-key', (csv: string) => approve(csv.replace('spleen,', 'spleeen,'), 'spleeen', 'uzbek')],
    ['review/language', (csv: string) => approve(csv, 'spleen', 'klingon')],
    ['review/empty', (csv: string) => approve(csv, 'spleen', 'uzbek', (l) => l.replace('jigar', ' '))],
    ['review/script', (csv: string) => approve(csv, 'spleen', 'uzbek', (l) => l.replace('jigar', 'талоқ'))],
    ['review/script', (csv: string) => approve(csv, 'spleen', 'russian', (l) => l.replace('печень', 'pechen'))],
    ['review/unreadable', () => 'nothing of the kind'],
    ['review/unreadable', () => ''],
  ])('refuses with %s and takes nothing', (code, spoil) => {
    const { taken, reviewed, problems } = importReview(spoil(exportReview(assets)), assets, 'Reviewer', '2026-01-02')
    expect(problems[0]).toMatchObject({ code })
    expect(problems[0].line).toBeGreaterThan(0)
    expect(taken).toBe(0)
    expect(reviewed).toEqual([])
  })
})
