import { describe, expect, test } from 'vitest'
import type { AtlasStructure } from '../../../core/anatomy/atlasfile.ts'
import { createSearch, editDistance, fold } from '../../../core/anatomy/search.ts'

const make = (
  id: string,
  latin: string,
  english: string,
  russian: string,
  uzbek: string,
  side = 'mid',
): AtlasStructure => ({
  id,
  index: 0,
  terms: { latin, english, russian, uzbek },
  system: 'muscular',
  region: 'thorax',
  kind: 'muscle',
  material: 'muscle',
  side,
  relations: [],
  bounds: [
    [0, 0, 0],
    [1, 1, 1],
  ],
  landmarks: [],
  doubted: [],
  first: 'shown',
  lods: [],
  sources: [],
})

const search = createSearch([
  make(
    'serratus-anterior-l',
    'Musculus serratus anterior',
    'Serratus anterior',
    'передняя зубчатая мышца',
    'oldingi tishsimon mushak',
    'left',
  ),
  make(
    'serratus-anterior-r',
    'Musculus serratus anterior',
    'Serratus anterior',
    'передняя зубчатая мышца',
    'oldingi tishsimon mushak',
    'right',
  ),
  make('oesophagus', 'Oesophagus', 'Oesophagus', 'пищевод', 'qizilungach'),
  make('lung-l', 'Pulmo sinister', 'Left lung', 'левое лёгкое', 'chap oʻpka', 'left'),
  make('sternum', 'Sternum', 'Sternum', 'грудина', 'toʻsh suyagi'),
  make('manubrium-of-sternum', 'Manubrium sterni', 'Manubrium of sternum', 'рукоятка грудины', 'toʻsh suyagi dastasi'),
])
const first = (query: string) => search.find(query, 5)[0]?.structure.id

describe('search finds a structure by', () => {
  test.each([
    ['Latin', 'musculus serratus', 'serratus-anterior-l'],
    ['English', 'serratus', 'serratus-anterior-l'],
    ['Russian', 'зубчатая', 'serratus-anterior-l'],
    ['Uzbek', 'tishsimon', 'serratus-anterior-l'],
    ['a beginning', 'serr', 'serratus-anterior-l'],
    ['a misspelling', 'seratus anterior', 'serratus-anterior-l'],
    ['swapped letters', 'strenum', 'sternum'],
    ['American spelling', 'esophagus', 'oesophagus'],
    ['ё typed as е', 'легкое', 'lung-l'],
    ['its side', 'serratus right', 'serratus-anterior-r'],
    ['its side in Russian', 'зубчатая правая', 'serratus-anterior-r'],
    ['its id', 'manubrium-of', 'manubrium-of-sternum'],
  ])('%s', (_, query, id) => expect(first(query)).toBe(id))

  test.each(['oʻpka', "o'pka", 'o’pka', 'o`pka', 'oʼpka', 'opka'])('Uzbek however ʻ is typed: %s', (query) =>
    expect(first(query)).toBe('lung-l'),
  )
})

test('the term that says nothing else comes first', () => {
  expect(search.find('sternum', 5).map(({ structure }) => structure.id)).toEqual(['sternum', 'manubrium-of-sternum'])
})

test('nothing is found for an empty query or for noise', () => {
  expect(search.find('  ', 5)).toEqual([])
  expect(search.find('xyzzy', 5)).toEqual([])
})

test('folding is idempotent', () => {
  for (const text of ['Oʻng Oʻpka', 'Лёгкое', 'Œsophagus', "g'ovak"]) expect(fold(fold(text))).toBe(fold(text))
})

test('edit distance counts a swap of neighbours as one', () => {
  expect(editDistance('sternum', 'strenum', 2)).toBe(1)
  expect(editDistance('rib', 'ribs', 2)).toBe(1)
  expect(editDistance('rib', 'clavicle', 2)).toBe(3)
})

describe('search takes what people type', () => {
  const part = (id: string, parent: string, english: string, side = 'mid') => ({
    ...make(id, '', english, '', '', side),
    parent,
  })
  const body = createSearch([
    make('rib-5-l', 'Costa V', 'Fifth rib', '5-е ребро', '5-qovurgʻa', 'left'),
    make('rib-1-l', 'Costa prima', 'First rib', 'первое ребро', 'birinchi qovurgʻa', 'left'),
    make('rib-10-l', 'Costa X', 'Tenth rib', '10-е ребро', '10-qovurgʻa', 'left'),
    make('trachea', 'Trachea', 'Trachea', 'трахея', 'traxeya'),
    part('main-bronchus-l', 'trachea', 'Main bronchus', 'left'),
    part('right-atrium', 'heart', 'Right atrium', 'right'),
    part('right-auricle', 'right-atrium', 'Right auricle of heart', 'right'),
    make('circumflex-artery', '', 'Circumflex artery of heart', '', ''),
    part('superior-lobe-of-lung-l', 'lung-l', 'Superior lobe of left lung', 'left'),
    make('pulmonary-trunk', 'Truncus pulmonalis', 'Pulmonary trunk', 'лёгочный ствол', 'oʻpka poyasi'),
  ])
  const best = (query: string) => body.find(query, 5)[0]?.structure.id

  test.each(['rib 5', '5th rib', 'fifth rib', 'costa V', 'costa quinta', 'пятое ребро', '5-е ребро', '5-qovurgʻa'])(
    'ordinals in every way: %s',
    (query) => expect(best(query)).toBe('rib-5-l'),
  )
  test.each(['1 rib', 'first rib', 'costa i', 'costa 1', '1-е ребро', '1-qovurgʻa', 'birinchi qovurga'])(
    'the first too: %s',
    (query) => expect(best(query)).toBe('rib-1-l'),
  )
  test.each(['қовурға', 'Қовурға', '5-қовурға', 'қовурга 5'])('Uzbek in Cyrillic: %s', (query) =>
    expect(best(query)).toMatch(/^rib-/),
  )
  test.each(['heart', 'cor', 'сердце', 'yurak', 'юрак'])('a whole by its parts: %s', (query) =>
    expect(best(query)).toBe('right-atrium'),
  )
  test.each(['lung', 'left lung', 'лёгкое', 'лекгое', "o'pka", 'oʻpka', 'opka', 'ўпка'])(
    'the lung before its vessels: %s',
    (query) => expect(best(query)).toBe('superior-lobe-of-lung-l'),
  )
  test('an everyday name means the structure, not its branches', () => {
    expect(body.find('windpipe', 5).map(({ structure }) => structure.id)).toEqual(['trachea'])
  })
})

test('of names that fit alike the bigger structure comes first', () => {
  const bone = { ...make('femur-l', 'Os femoris', 'Femur', 'бедренная кость', 'son suyagi'), volumeCm3: 654 }
  const artery = {
    ...make('artery-l', 'Arteria femoralis', 'Femoral artery', 'бедренная артерия', 'son arteriyasi'),
    volumeCm3: 12,
  }
  expect(createSearch([artery, bone]).find('бедренная', 5)[0]?.structure.id).toBe('femur-l')
})

test('a landmark finds its structure, after structures of that name', () => {
  const terms = { latin: 'Trochanter major', english: 'Greater trochanter' }
  const femur = { ...make('femur-l', 'Os femoris', 'Femur', 'бедренная кость', 'son suyagi') }
  femur.landmarks = [{ id: 'greater-trochanter', at: [0, 0, 0], terms }]
  const bursa = make('bursa-l', 'Bursa', 'Bursa of greater trochanter', 'сумка', 'xalta')
  expect(
    createSearch([femur, bursa])
      .find('trochanter', 5)
      .map(({ structure }) => structure.id),
  ).toEqual(['bursa-l', 'femur-l'])
  expect(createSearch([femur]).find('greater trochanter', 5)[0]?.structure.id).toBe('femur-l')
})
