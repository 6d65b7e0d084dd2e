/** A second of input on its way to the host. */
export type PendingChunk = { index: number; bytes: Uint8Array; hash: string }

export type UploadState = {
  /** Chunks that the host has acknowledged. */
  acknowledged: number
  waiting: number
  link: 'up' | 'down'
  /** Why the newest chunk could not be sent; null while the link is up. */
  trouble: unknown
}

/** Shortest and longest wait before a failed chunk is sent again, ms. */
const FIRST_RETRY_MS = 400
const LAST_RETRY_MS = 8000

/**
 * Sends chunks in order, one at a time, and keeps each until the host has acknowledged it. A broken link queues and
 * sends again; an error that repeating cannot mend stops the queue, and is told once.
 */
export class ChunkUploader {
  private readonly queue: PendingChunk[] = []
  private readonly send: (chunk: PendingChunk) => Promise<unknown>
  private readonly changed: (state: UploadState) => void
  private readonly isFinal: (error: unknown) => boolean
  private readonly wait: (ms: number) => Promise<void>
  private acknowledged: number
  private trouble: unknown = null
  private isBroken = false
  private readonly broke: (error: unknown) => void
  private pump: Promise<void> | null = null

  constructor(options: {
    send: (chunk: PendingChunk) => Promise<unknown>
    changed: (state: UploadState) => void
    /** Whether an error will come again however often the chunk is sent. */
    isFinal: (error: unknown) => boolean
    wait: (ms: number) => Promise<void>
    acknowledged: number
    /** Called when such an error has stopped the queue. */
    broke?: (error: unknown) => void
  }) {
    this.send = options.send
    this.changed = options.changed
    this.isFinal = options.isFinal
    this.wait = options.wait
    this.acknowledged = options.acknowledged
    this.broke = options.broke ?? (() => undefined)
  }

  /** Takes a chunk; those the host already holds are passed over. */
  push(chunk: PendingChunk): void {
    if (chunk.index < this.acknowledged) return
    this.queue.push(chunk)
    this.tell()
    if (!this.isBroken) void this.start()
  }

  /** Resolves when everything pushed so far is acknowledged; rejects on an error that cannot be mended. A stopped queue tries once more. */
  async settled(): Promise<void> {
    this.isBroken = false
    while (this.queue.length > 0 && !this.isBroken) await this.start()
    if (this.isBroken) throw this.trouble
  }

  private start(): Promise<void> {
    this.pump ??= this.drain().finally(() => {
      this.pump = null
    })
    return this.pump
  }

  private async drain(): Promise<void> {
    let retry = FIRST_RETRY_MS
    while (this.queue.length > 0) {
      try {
        await this.send(this.queue[0])
        this.queue.shift()
        this.acknowledged++
        this.trouble = null
        retry = FIRST_RETRY_MS
      } catch (error) {
        this.trouble = error
        this.tell()
        if (this.isFinal(error)) {
          this.isBroken = true
          this.broke(error)
          return
        }
        await this.wait(retry)
        retry = Math.min(LAST_RETRY_MS, retry * 2)
      }
      this.tell()
    }
  }

  private tell(): void {
    const link = this.trouble === null ? 'up' : 'down'
    this.changed({ acknowledged: this.acknowledged, waiting: this.queue.length, link, trouble: this.trouble })
  }
}
