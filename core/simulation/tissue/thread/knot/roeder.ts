/**
 * The Roeder knot: about the post (the strand that it slides along) one half hitch, some winds about post and loop
 * together, and a half hitch that locks them: one, three, one; a fourth wind makes it stronger (Sharp et al. 1996,
 * doi:10.1016/s1074-3804(96)80019-3). The path here is the source of both: of a thread that is laid out so, and of the
 * polynomials by which the knot is recognised.
 */
import { cos, PI, sin } from '../../../exactmath.ts'
import { gaussCode } from './gauss.ts'
import { jones, type Laurent, mirrored } from './jones.ts'
import { openCurve, straighten } from './reduce.ts'

type Corner = readonly [x: number, y: number, z: number]

/** Which strand the locking hitch lies about: the post, or the strand of the loop beside it. */
export const ROEDER_LOCKS = ['post', 'loop'] as const
export type RoederLock = (typeof ROEDER_LOCKS)[number]

/** Corners of a turn. */
const TURN = 16
/** Radius of the winds; half of the distance of the two strands is 1. */
const WIDE = 2.5

/**
 * Corners of a loose Roeder knot, x y z of each: from the free end of the post (x 1, z up to 20), down round the loop
 * (z −2) and up the other strand (x −1), then hitch, winds from above downwards, and lock, to the end of the tail. One
 * unit is half the distance between the strands.
 */
export function roederPath(winds: number, lock: RoederLock): readonly Corner[] {
  const turns = Array.from({ length: TURN * winds + 1 }, (_, i): Corner => {
    const angle = (2 * PI * i) / TURN
    return [WIDE * sin(angle), WIDE * cos(angle), 8.3 - (4 * i) / (TURN * winds)]
  })
  return [...LOOP, ...HITCH, ...turns, ...LOCKS[lock]]
}

const LOOP: readonly Corner[] = [
  [1, 0, 20],
  [1, 0, 10],
  [1, 0, 0],
  [0, 0, -2],
  [-1, 0, 0],
  [-1, 0, 9],
]

/** Over the post, round behind it and up between the strands, below where it crossed. */
const HITCH: readonly Corner[] = [
  [0, 1, 9.6],
  [1, 1.2, 10],
  [2.2, 0, 10.3],
  [1, -1.2, 10.3],
  [0, -0.6, 9.4],
  [0, 0.6, 8.6],
]

/** Round one strand and out beneath the tail itself. */
const LOCKS: Readonly<Record<RoederLock, readonly Corner[]>> = {
  post: [
    [1, 1.6, 2.6],
    [2.2, 0, 3.2],
    [1, -1.2, 3.4],
    [0, 0, 3.4],
    [0.6, 0.9, 3.2],
    [0.8, 1, 2],
    [0.8, 5, 1.8],
  ],
  loop: [
    [2.3, 1, 3.6],
    [2.5, 0, 3.4],
    [1, -2.2, 3.2],
    [-0.6, -1.8, 2.8],
    [-2.2, 0, 3.2],
    [-1, 1, 3.4],
    [0, 0, 3.4],
    [-0.5, -0.9, 3.2],
    [-0.6, -1, 2],
    [-0.6, -5, 1.9],
  ],
}

/** A Roeder knot by its polynomial. */
export type KnownRoeder = { readonly winds: number; readonly hand: 1 | -1; readonly polynomial: Laurent }

/** Roeder knots of two to four winds, of either hand and locked about either strand. */
export const ROEDERS: readonly KnownRoeder[] = [2, 3, 4].flatMap((winds) =>
  ROEDER_LOCKS.flatMap((lock): KnownRoeder[] => {
    const curve = openCurve(roederPath(winds, lock).flat())
    straighten(curve)
    const polynomial = jones(gaussCode(curve))!
    return [
      { winds, hand: 1, polynomial },
      { winds, hand: -1, polynomial: mirrored(polynomial) },
    ]
  }),
)
