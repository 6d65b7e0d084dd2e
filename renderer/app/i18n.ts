import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import type { Language } from '../../core/contract/index.ts'

type Texts = Record<string, unknown>

const files = import.meta.glob<Texts>('../locales/*/*.json', { import: 'default' })

/** Loads a language once; every namespace comes as one small file of the page. */
async function load(language: Language): Promise<void> {
  const prefix = `../locales/${language}/`
  await Promise.all(
    Object.entries(files)
      .filter(([path]) => path.startsWith(prefix))
      .map(async ([path, read]) => {
        const namespace = path.slice(prefix.length, -'.json'.length)
        if (i18next.hasResourceBundle(language, namespace)) return
        i18next.addResourceBundle(language, namespace, await read(), true, true)
      }),
  )
}

/** Starts translation in a language, with English behind it. */
export async function startI18n(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    defaultNS: 'common',
    ns: [],
    resources: {},
    interpolation: { escapeValue: false },
    returnNull: false,
    saveMissing: true,
    missingKeyHandler: (_languages, namespace, key, _shown, _update, options) => {
      if (options?.defaultValue === undefined) console.error(`no text ${namespace}:${key}`)
    },
  })
  await Promise.all([load('en'), load(language)])
  await show(language)
}

/** Changes the language of the interface. */
export async function show(language: Language): Promise<void> {
  await load(language)
  await i18next.changeLanguage(language)
  document.documentElement.lang = language
}
