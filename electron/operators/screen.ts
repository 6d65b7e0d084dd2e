import type { RunnerEvent } from '../../core/scenario/runnerevents.ts'
import type { Case } from '../../core/scenario/schema.ts'

/**
 * What stands on the screen beside the patient: open questions, checklists, the note, results that came in. A person reads
 * it, late by `delayTicks`; which options are right does not stand there.
 */
export class Screen {
  readonly #case: Case
  readonly #delay: number
  readonly #waiting: { due: number; event: RunnerEvent }[] = []
  readonly #questions: string[] = []
  readonly #results = new Set<string>()

  constructor(shown: Case, delayTicks: number) {
    this.#case = shown
    this.#delay = delayTicks
  }

  /** Takes in what the case said in the last tick. */
  look(tick: number, events: readonly RunnerEvent[]): void {
    for (const event of events) this.#waiting.push({ due: tick + this.#delay, event })
    while (this.#waiting.length > 0 && this.#waiting[0].due <= tick) this.#read(this.#waiting.shift()!.event)
  }

  /** The next question that waits for an answer, if any; it is then taken as answered. */
  takeQuestion(): string | undefined {
    return this.#questions.shift()
  }

  /** Whether the result of an order has come. */
  hasResult(order: string): boolean {
    return this.#results.has(order)
  }

  /** Place of an option among those of a question, as it is sent. Throws when it is not on the screen. */
  optionOf(question: string, option: string): number {
    return placeOf(this.#case.questions.find(({ id }) => id === question)?.options, option)
  }

  /** Place of an option in a field of the note. Throws when it is not on the screen. */
  noteOption(field: string, option: string): number {
    const found = this.#case.note.find(({ id }) => id === field)
    return placeOf(found?.type === 'choice' ? found.options : undefined, option)
  }

  #read(event: RunnerEvent): void {
    if (event.type === 'question') this.#questions.push(event.id)
    if (event.type === 'result') this.#results.add(event.order)
  }
}

function placeOf(options: readonly { readonly id: string }[] | undefined, id: string): number {
  const place = options?.findIndex((option) => option.id === id) ?? -1
  if (place < 0) throw new RangeError(`no option ${id} on the screen`)
  return place
}
