/**
 * Three slots between one writer and one reader: the writer always has a slot to itself, the reader always gets the
 * newest finished one, nobody waits. One Int32 holds the slot in the middle and a bit that says "new".
 */
const FRESH = 4

export const TRIPLE_SLOTS = 3

/** The writer's end. Starts in slot 0; slot 1 lies in the middle, slot 2 is the reader's. */
export class TripleWriter {
  private readonly control: Int32Array
  slot = 0

  constructor(control: Int32Array) {
    this.control = control
    Atomics.store(control, 0, 1)
  }

  /** Hands the written slot over and takes another. */
  publish(): void {
    this.slot = Atomics.exchange(this.control, 0, this.slot | FRESH) & 3
  }
}

/** The reader's end. */
export class TripleReader {
  private readonly control: Int32Array
  slot = 2

  constructor(control: Int32Array) {
    this.control = control
  }

  /** Takes the newest slot if there is one; says whether anything changed. */
  take(): 'new' | 'same' {
    if ((Atomics.load(this.control, 0) & FRESH) === 0) return 'same'
    this.slot = Atomics.exchange(this.control, 0, this.slot) & 3
    return 'new'
  }
}
