import { createStore, useStore } from 'zustand'
import type { AppInfo, Identity, Language, RequestInput, Trainee } from '../../core/contract/index.ts'
import { host } from '../host/index.ts'
import { preferences, setLanguage } from './preferences.ts'

/** Who is here and what the host said about itself. */
export type Person =
  | { readonly status: 'asking' }
  | { readonly status: 'unreachable'; readonly error: unknown }
  | { readonly status: 'known'; readonly info: AppInfo }

export const person = createStore<Person>(() => ({ status: 'asking' }))

export function usePerson<T>(pick: (value: Person) => T): T {
  return useStore(person, pick)
}

/** The trainee who is signed in, or null. */
export function useTrainee(): Trainee | null {
  return usePerson((value) => (value.status === 'known' ? value.info.identity.trainee : null))
}

/** Asks the host who is here; call again after it could not be reached. */
export async function meetHost(): Promise<void> {
  try {
    person.setState({ status: 'known', info: await host().request('app.info', {}) }, true)
  } catch (error) {
    person.setState({ status: 'unreachable', error }, true)
  }
}

/** Keeps the identity up to date; returns the function that stops it. */
export function followIdentity(): () => void {
  return host().on('session.changed', setIdentity)
}

export function setIdentity(identity: Identity): void {
  const now = person.getState()
  if (now.status === 'known') person.setState({ status: 'known', info: { ...now.info, identity } }, true)
}

export async function acceptSafety(version: number): Promise<void> {
  const { acceptedAt } = await host().request('app.acceptSafety', { version })
  const now = person.getState()
  if (now.status !== 'known') return
  person.setState({ status: 'known', info: { ...now.info, safety: { version, acceptedAt } } }, true)
}

export async function signIn(id: string, pin?: string): Promise<void> {
  const { identity } = await host().request('trainees.signIn', pin ? { id, pin } : { id })
  setIdentity(identity)
  if (identity.trainee) setLanguage(identity.trainee.language)
}

/** Changes what the host keeps of the person who is signed in. */
export async function changeSelf(change: Omit<RequestInput<'trainees.update'>, 'id'>): Promise<void> {
  const now = person.getState()
  const trainee = now.status === 'known' ? now.info.identity.trainee : null
  if (now.status !== 'known' || !trainee) return
  const reply = await host().request('trainees.update', { id: trainee.id, ...change })
  setIdentity({ ...now.info.identity, trainee: reply.trainee })
}

/** Changes the language here, and for the next time that this person signs in. */
export async function chooseLanguage(language: Language): Promise<void> {
  setLanguage(language)
  await changeSelf({ language })
}

export async function signOut(): Promise<void> {
  setIdentity((await host().request('trainees.signOut', {})).identity)
}

/** Starts as a guest at once: nothing to type. @param name shown for the guest, in the person's language */
export async function startAsGuest(name: string): Promise<void> {
  const { language } = preferences.getState()
  const { trainee } = await host().request('trainees.create', { kind: 'guest', name, language })
  await signIn(trainee.id)
}
