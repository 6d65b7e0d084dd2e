/**
 * Lists of faces near cells and paths. Lists of cells are made once and kept until the grid is laid anew; each depends on
 * the cell and on where the grid was laid only, so that it is the same whenever it is made. Lists of a tick follow after
 * {@link KEPT_ROOM} and are forgotten when the tick ends. A face is listed if its box meets the padded box and its plane
 * cuts it.
 */

/** Lists kept at a time, faces in all of them, and faces in the lists of a tick. */
export const SLOTS = 16384
export const KEPT_ROOM = 262144
const TICK_ROOM = 393216

export type FaceLists = {
  /** The box asked about: lowest and highest corner in metres, then the pad around it; numbers stay out of arguments. */
  readonly box: Float64Array
  readonly key: Int32Array
  readonly from: Uint32Array
  readonly to: Uint32Array
  readonly face: Uint32Array
  kept: number
  lists: number
  /** End of the lists of this tick. */
  end: number
  /** The list that was asked for last: `face[start] … face[stop − 1]`. */
  start: number
  stop: number
}

export function createFaceLists(): FaceLists {
  return {
    box: new Float64Array(7),
    key: new Int32Array(SLOTS).fill(-1),
    from: new Uint32Array(SLOTS),
    to: new Uint32Array(SLOTS),
    face: new Uint32Array(KEPT_ROOM + TICK_ROOM),
    kept: 0,
    lists: 0,
    end: KEPT_ROOM,
    start: 0,
    stop: 0,
  }
}

/** Forgets the lists of cells. */
export function clearLists(lists: FaceLists): void {
  lists.key.fill(-1)
  lists.kept = 0
  lists.lists = 0
}

/** Begins a tick: forgets the lists of the last, and where there are many lists of cells those too. */
export function beginLists(lists: FaceLists): void {
  lists.end = KEPT_ROOM
  if (lists.lists >= SLOTS / 2) clearLists(lists)
}
