import { Kbd } from '@mantine/core'
import { Spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { actions } from './actions.ts'
import { printChord } from './chords.ts'
import { useActionList } from './useActions.ts'

const platform = /mac|iphone|ipad/i.test(navigator.userAgent) ? 'mac' : 'other'

/** Every action that can be done now, by name: Ctrl/⌘-K. */
export function Palette() {
  const { t } = useTranslation()
  const list = useActionList()
  const groups = useMemo(() => {
    const byGroup = new Map<string, SpotlightActionGroupData>()
    for (const action of list) {
      if (action.id === 'app.palette' || !(action.predicate?.() ?? true)) continue
      const group = byGroup.get(action.group) ?? { group: t(action.group), actions: [] }
      byGroup.set(action.group, group)
      group.actions.push({
        id: action.id,
        label: t(action.label),
        onClick: () => actions.perform(action.id),
        rightSection: action.keys?.[0] ? <Keys chord={action.keys[0]} /> : undefined,
      })
    }
    return [...byGroup.values()]
  }, [list, t])
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      attributes={{ content: { 'aria-label': t('common:action.palette') } }}
      nothingFound={t('common:palette.nothing')}
      highlightQuery
      scrollable
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      maxHeight={420}
      searchProps={{
        leftSection: <IconSearch size={20} />,
        placeholder: t('common:palette.placeholder'),
        'aria-label': t('common:palette.placeholder'),
      }}
    />
  )
}

/** A chord as keys on a board. */
export function Keys({ chord }: { chord: string }) {
  return (
    <span className="sina-keys">
      {printChord(chord, platform).map((key) => (
        <Kbd key={key} size="xs">
          {key}
        </Kbd>
      ))}
    </span>
  )
}
