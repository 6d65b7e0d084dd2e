import { ActionIcon, FileButton, Group, Menu, SegmentedControl, Slider, Tooltip } from '@mantine/core'
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconBoxMultiple,
  IconDotsVertical,
  IconEye,
  IconFileDownload,
  IconFolderOpen,
  IconLink,
  IconSlice,
  IconSparkles,
} from '@tabler/icons-react'
import { type ReactNode, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import { layerCount } from '../../../core/anatomy/outline.ts'
import { type ActionRegistry, actions } from '../../app/actions.ts'
import { Keys } from '../../app/Palette.tsx'
import { useActionList } from '../../app/useActions.ts'
import type { Atlas } from '../../scene/atlas.ts'
import type { CameraControl } from '../../scene/cameracontrol.ts'
import { edit, peel, useAtlasState, useAtlasStore } from './atlasstore.ts'
import { SectionPanel } from './SectionPanel.tsx'
import type { Sharing } from './useSharing.ts'

type Props = {
  readonly atlas: Atlas
  readonly body: string
  readonly control: CameraControl
  readonly share: Sharing
}

/** The bar at the foot: layers, sides, section, undo, sharing. */
export function Toolbar({ atlas, body, control, share }: Props) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  useActionList()
  const reset = useRef<() => void>(null)
  return (
    <footer className="sina-foot">
      <SectionPanel atlas={atlas} control={control} />
      <div className="sina-panel sina-tools" role="toolbar" aria-label={t('atlas:toolbar')}>
        <LayerSlider atlas={atlas} />
        <span className="sina-rule" />
        <Tool id="atlas.showAll" icon={<IconEye size={20} stroke={1.6} />} />
        <Tool id="atlas.section" icon={<IconSlice size={20} stroke={1.6} />} />
        <Tool id="app.undo" icon={<IconArrowBackUp size={20} stroke={1.6} />} />
        <Tool id="app.redo" icon={<IconArrowForwardUp size={20} stroke={1.6} />} />
        <span className="sina-rule" />
        <Menu position="top" width={230}>
          <Menu.Target>
            <Tooltip label={t('atlas:sides')}>
              <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('atlas:sides')}>
                <IconBoxMultiple size={20} stroke={1.6} />
              </ActionIcon>
            </Tooltip>
          </Menu.Target>
          <Menu.Dropdown>
            {['frameAll', 'side.front', 'side.back', 'side.left', 'side.right', 'side.above', 'side.below'].map(
              (id) => (
                <Item key={id} id={`atlas.${id}`} />
              ),
            )}
          </Menu.Dropdown>
        </Menu>
        <Tool id="atlas.quiz" icon={<IconSparkles size={20} stroke={1.6} />} />
        <Menu position="top-end" width={250}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" size={36} aria-label={t('atlas:more')}>
              <IconDotsVertical size={20} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconLink size={17} />} onClick={share.copyLink}>
              {t('atlas:share.link')}
            </Menu.Item>
            <Menu.Item leftSection={<IconFileDownload size={17} />} onClick={share.save}>
              {t('atlas:share.save')}
            </Menu.Item>
            <FileButton
              resetRef={reset}
              accept="application/json,.json"
              onChange={(file) => {
                reset.current?.()
                if (file) void share.open(file)
              }}
            >
              {(props) => (
                <Menu.Item {...props} leftSection={<IconFolderOpen size={17} />}>
                  {t('atlas:share.open')}
                </Menu.Item>
              )}
            </FileButton>
          </Menu.Dropdown>
        </Menu>
        <SegmentedControl
          size="xs"
          value={body}
          onChange={(value) => navigate(value === 'male' ? '/atlas' : `/atlas?b=${value}`)}
          data={[
            { value: 'male', label: t('atlas:body.male') },
            { value: 'female', label: t('atlas:body.female') },
          ]}
          aria-label={t('atlas:body.label')}
        />
      </div>
    </footer>
  )
}

function enabled(registry: ActionRegistry, id: string): boolean {
  const action = registry.find(id)
  return action !== undefined && (action.predicate?.() ?? true)
}

function Tool({ id, icon }: { id: string; icon: ReactNode }) {
  const { t } = useTranslation()
  const action = actions.find(id)
  const label = action ? t(action.label) : ''
  return (
    <Tooltip
      label={
        <Group gap={6}>
          {label}
          {action?.keys?.[0] && <Keys chord={action.keys[0]} />}
        </Group>
      }
    >
      <ActionIcon
        variant="subtle"
        color="gray"
        size={36}
        disabled={!enabled(actions, id)}
        aria-label={label}
        onClick={() => actions.perform(id)}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  )
}

function Item({ id }: { id: string }) {
  const { t } = useTranslation()
  const action = actions.find(id)
  if (!action) return null
  return (
    <Menu.Item rightSection={action.keys?.[0] && <Keys chord={action.keys[0]} />} onClick={() => actions.perform(id)}>
      {t(action.label)}
    </Menu.Item>
  )
}

function LayerSlider({ atlas }: { atlas: Atlas }) {
  const { t } = useTranslation()
  const store = useAtlasStore()
  const layer = useAtlasState((state) => state.layer)
  return (
    <div className="sina-layers">
      <span className="sina-layer-name" aria-hidden="true">
        {t(`atlas:layer.${layer}`)}
      </span>
      <Slider
        w={150}
        size="sm"
        min={0}
        max={layerCount - 1}
        step={1}
        value={layer}
        marks={Array.from({ length: layerCount }, (_, value) => ({ value }))}
        label={null}
        thumbLabel={t('atlas:layers')}
        thumbProps={{ 'aria-valuetext': t(`atlas:layer.${layer}`) }}
        onChange={(value) => {
          const change = edit(store, (state) => peel(state, atlas, value))
          if (change) actions.record(change)
        }}
      />
    </div>
  )
}
