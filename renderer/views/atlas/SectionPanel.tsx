import { SegmentedControl, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Atlas } from '../../scene/atlas.ts'
import type { Section } from '../../scene/bodymodel.ts'
import { useAtlasState, useAtlasStore } from './atlasstore.ts'
import { bodyBox } from './boxes.ts'

/** The three planes of the body: which axis they cut, and from which side one looks at the cut. */
const planes = { frontal: 2, transverse: 1, sagittal: 0 } as const
type Plane = keyof typeof planes
const look: Readonly<Record<Plane, 1 | -1>> = { frontal: 1, transverse: -1, sagittal: 1 }

/** Chooses the plane of a section and moves it through the body. */
export function SectionPanel({ atlas }: { atlas: Atlas }) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const section = useAtlasState((state) => state.section)
  if (!section) return null
  const plane = planeOf(section)
  const axis = planes[plane]
  const [low, high] = bodyBox(atlas)
  const sign = look[plane]
  return (
    <div className="sina-panel sina-section">
      <SegmentedControl
        size="xs"
        value={plane}
        onChange={(value) => store.setState({ section: through(value as Plane, low, high) })}
        data={(['frontal', 'transverse', 'sagittal'] as const).map((value) => ({
          value,
          label: t(`atlas:section.${value}`),
        }))}
        aria-label={t('atlas:section.plane')}
      />
      <Slider
        w={240}
        size="sm"
        min={low[axis]}
        max={high[axis]}
        step={0.001}
        label={null}
        value={section.distance * sign}
        thumbLabel={t('atlas:section.place')}
        onChange={(value) => store.setState({ section: { ...section, distance: value * sign } })}
      />
    </div>
  )
}

function planeOf({ normal }: Section): Plane {
  return normal[2] !== 0 ? 'frontal' : normal[1] !== 0 ? 'transverse' : 'sagittal'
}

function through(plane: Plane, low: readonly number[], high: readonly number[]): Section {
  const axis = planes[plane]
  const sign = look[plane]
  const normal: [number, number, number] = [0, 0, 0]
  normal[axis] = sign
  return { normal, distance: ((low[axis] + high[axis]) / 2) * sign }
}
