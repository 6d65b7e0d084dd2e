import { SegmentedControl, Slider } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { useAtlasState, useAtlasStore } from './atlasstore.ts'
import { bodyBox } from './boxes.ts'
import { lookAtCut, middleSection, type Plane, planeOf, planes } from './sections.ts'

/** Chooses the plane of a section and moves it through the body. */
export function SectionPanel({ atlas, control }: { atlas: Atlas; control: CameraControl }) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const section = useAtlasState((state) => state.section)
  if (!section) return null
  const plane = planeOf(section)
  const { axis, sign } = planes[plane]
  const [low, high] = bodyBox(atlas)
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
