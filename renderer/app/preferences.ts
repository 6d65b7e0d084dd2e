import { createStore, useStore } from 'zustand'
import { createJSONStorage, persist } from 'zustand/middleware'
import type { TermLanguage } from '../../core/anatomy/atlasfile.ts'
import type { Language } from '../../core/contract/index.ts'
import type { QualityChoice } from '../scene/quality.ts'
import type { SoundSettings } from '../sound/channels.ts'

/** What a person likes, kept on this device. */
export type Preferences = SoundSettings & {
  readonly theme: 'auto' | 'light' | 'dark'
  readonly language: Language
  /** Language of anatomical terms, apart from that of the interface. */
  readonly terms: TermLanguage
  readonly quality: QualityChoice
  readonly motion: 'system' | 'reduced'
  readonly textScale: 1 | 1.15 | 1.3
  /** Stronger edges and ink, for tired eyes and poor screens. */
  readonly contrast: 'system' | 'more'
  /** How strongly controllers and gamepads vibrate with what a tool touches. */
  readonly haptics: 'off' | 'low' | 'medium' | 'high'
  /** Turning in the headset. */
  readonly turning: 'snap' | 'smooth'
  readonly posture: 'seated' | 'standing'
  readonly vignette: 'on' | 'off'
}

const termsOf: Readonly<Record<Language, TermLanguage>> = { en: 'english', ru: 'russian', uz: 'uzbek' }

function firstLanguage(): Language {
  const wanted = typeof navigator === 'undefined' ? 'en' : navigator.language.slice(0, 2).toLowerCase()
  return wanted === 'ru' || wanted === 'uz' ? wanted : 'en'
}

export const preferences = createStore<Preferences>()(
  persist(
    (): Preferences => ({
      theme: 'auto',
      language: firstLanguage(),
      terms: termsOf[firstLanguage()],
      quality: 'auto',
      motion: 'system',
      textScale: 1,
      contrast: 'system',
      sound: 'on',
      volume: 0.6,
      muted: [],
      haptics: 'low',
      turning: 'snap',
      posture: 'standing',
      vignette: 'on',
    }),
    { name: 'sina-preferences', version: 1, storage: createJSONStorage(() => localStorage) },
  ),
)

export function usePreferences<T>(pick: (value: Preferences) => T): T {
  return useStore(preferences, pick)
}

/** Changes the language of the interface; terms follow it as long as they did before. */
export function setLanguage(language: Language): void {
  const before = preferences.getState()
  const followed = before.terms === termsOf[before.language]
  preferences.setState({ language, ...(followed ? { terms: termsOf[language] } : {}) })
}

/** Whether motion may be shown: the person's setting, else the system's. */
export function motionNow(): 'full' | 'reduced' {
  if (preferences.getState().motion === 'reduced') return 'reduced'
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 'reduced' : 'full'
}
