import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Scene } from '../../../core/simulation/scene/schema.ts'

/** Key of a material in the locale files: cooked or fresh, tissue keeps its name. */
export const materialKey = (name: string) => `material.${name.replace(', coagulated', '').replaceAll(' ', '-')}`

/** What a scene is called and made of, in the person's language; a scene that has no text yet goes by its name. */
export function useSceneTexts(scene: Scene) {
  const { t } = useTranslation('tissue')
  return useMemo(() => {
    const materials = new Set<string>()
    for (const one of scene.tissue) {
      if (one.shape === 'organs') {
        for (const name of one.lattice?.materialNames ?? []) materials.add(name)
        continue
      }
      if (one.shape === 'layers') {
        for (const { material, rings } of one.layers)
          for (const name of [material, ...rings.map((ring) => ring.material)]) materials.add(name)
        continue
      }
      materials.add(one.material)
      if ('layer' in one) for (const { material } of [one.layer ?? []].flat()) materials.add(material)
    }
    return {
      title: t(`scene.${scene.name}.title`, { defaultValue: scene.name }),
      text: t(`scene.${scene.name}.text`, { defaultValue: t('noText') }),
      /** What to look at or try; empty where there is nothing to say. */
      hint: t(`scene.${scene.name}.hint`, { defaultValue: '' }),
      tissues: [...materials].map((name) => t(materialKey(name), { defaultValue: name })),
      tools: scene.tools.map(({ instrument }) => t(`instrument.${instrument}`, { defaultValue: instrument })),
    }
  }, [t, scene])
}

/** Writes numbers as the person's language does, with a point or a comma: so many digits after it, or as many as there are, at most two. */
export function useNumeral(): (value: number, digits?: 0 | 1 | 2) => string {
  const { i18n } = useTranslation()
  return useMemo(() => {
    // Browsers know Uzbek numbers rarely; Russian ones look the same.
    const format = (least: number, most: number) =>
      new Intl.NumberFormat([i18n.language, 'ru'], {
        minimumFractionDigits: least,
        maximumFractionDigits: most,
        useGrouping: false,
      })
    const fixed = [0, 1, 2].map((digits) => format(digits, digits))
    const shortest = format(0, 2)
    return (value, digits) => (digits === undefined ? shortest : fixed[digits]).format(value)
  }, [i18n.language])
}
