import type { Kysely } from 'kysely'

/** Rows as they lie in the database. JSON is text, dates are ISO text, flags do not exist: states are words. */
export type Tables = {
  meta: { key: string; value: string }
  trainees: {
    id: string
    kind: 'guest' | 'named'
    name: string
    team: string
    language: 'en' | 'ru' | 'uz'
    hand: 'right' | 'left'
    pin_hash: string | null
    preferences: string
    created_at: string
    removed_at: string | null
  }
  connections: { key: string; trainee_id: string | null; seen_at: string }
  failures: { subject: string; count: number; locked_until: string }
  packs: { id: string; version: string; digest: string; trust: 'signed' | 'trusted' | 'refused'; imported_at: string }
  sessions: {
    id: string
    trainee_id: string
    pack_id: string
    case_id: string
    start: string
    mode: 'practice' | 'assessment'
    seed: number
    device_class: 'mouse' | 'gamepad' | 'xr-controllers' | 'xr-hands'
    engine: string
    /** The whole setup as deflated JSON: case and patient included, so that a changed pack cannot strand a session. */
    setup: Buffer
    state: 'running' | 'ended'
    started_at: string
  }
  chunks: { session_id: string; position: number; bytes: Buffer; hash: string; saved_at: string }
  records: {
    id: string
    session_id: string
    trainee_id: string
    pack_id: string
    case_id: string
    start: string
    mode: 'practice' | 'assessment'
    device_class: 'mouse' | 'gamepad' | 'xr-controllers' | 'xr-hands'
    state: 'finished' | 'void' | 'interrupted'
    reason: string | null
    seed: number
    engine: string
    passed: 'yes' | 'no' | null
    score: number | null
    errors: string
    metrics: string
    steps: string
    ticks: number
    envelope: string
    record_hash: string
    log_index: number
    self_rating: string | null
    instructor_rating: string | null
    note: string | null
    started_at: string
    ended_at: string
  }
  log: {
    position: number
    leaf: string
    kind: 'record' | 'rating' | 'note'
    subject: string
    content: string
    at: string
  }
}

export type Database = Kysely<Tables>
