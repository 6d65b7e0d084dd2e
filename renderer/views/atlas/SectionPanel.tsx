import { SegmentedControl, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { useAtlasState, useAtlasStore } from './atlasstore.ts'
<<<<<<< HEAD
import { bodyBox, lookAtCut, middleSection, type Plane, planeOf, planes } from './sections.ts'
=======
import { bodyBox } from './boxes.ts'

/** The three planes of the body: which axis they cut, and from which side one looks at the cut. */
const planes = { frontal: 2, transverse: 1, sagittal: 0 } as const
type Plane = keyof typeof planes
const look: Readonly<Record<Plane, 1 | -1>> = { frontal: 1, transverse: -1, sagittal: 1 }
>>>>>>> r-bones

/** Chooses the plane of a section and moves it through the body. */
export function SectionPanel({ atlas, control }: { atlas: Atlas; control: CameraControl }) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const section = useAtlasState((state) => state.section)
  if (!section) return null
  const plane = planeOf(section)
<<<<<<< HEAD
  const { axis, sign } = planes[plane]
  const [low, high] = bodyBox(atlas)
=======
  const axis = planes[plane]
  const [low, high] = bodyBox(atlas)
  const sign = look[plane]
>>>>>>> r-bones
  return (
    <div className="sina-panel sina-section">
      <SegmentedControl
        size="xs"
        value={plane}
        onChange={(value) => {
          const cut = middleSection(atlas, value as Plane)
          store.setState({ section: cut })
          lookAtCut(control, atlas, cut)
        }}
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
