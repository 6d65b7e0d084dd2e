import { openSpotlight } from '@mantine/spotlight'
import { useEffect, useMemo } from 'react'
import { useNavigate } from 'react-router'
import { type Action, actions } from './actions.ts'
import { chordOf } from './chords.ts'
import { preferences } from './preferences.ts'
import { useActions } from './useActions.ts'

const go = (id: string, path: string, keys: string[] | undefined, navigate: (to: string) => void): Action => ({
  id: `go.${id}`,
  label: `common:action.go.${id}`,
  group: 'common:group.go',
  ...(keys ? { keys } : {}),
  perform: () => {
    navigate(path)
    return undefined
  },
})

/** Registers what can be done everywhere and lets keys reach all actions. */
export function useShortcuts(): void {
  const navigate = useNavigate()
  const own = useMemo<readonly Action[]>(() => {
    const to = (path: string) => void navigate(path)
    return [
      go('home', '/', ['alt+h'], to),
      go('atlas', '/atlas', ['alt+a'], to),
      go('progress', '/progress', ['alt+p'], to),
      go('instructor', '/instructor', undefined, to),
      go('tissue', '/tissue', undefined, to),
      go('settings', '/settings', ['mod+,'], to),
      {
        id: 'app.palette',
        label: 'common:action.palette',
        group: 'common:group.app',
        keys: ['mod+k'],
        perform: () => {
          openSpotlight()
          return undefined
        },
      },
      {
        id: 'app.undo',
        label: 'common:action.undo',
        group: 'common:group.edit',
        keys: ['mod+z'],
        predicate: actions.canUndo,
        perform: () => {
          actions.undo()
          return undefined
        },
      },
      {
        id: 'app.redo',
        label: 'common:action.redo',
        group: 'common:group.edit',
        keys: ['mod+shift+z', 'mod+y'],
        predicate: actions.canRedo,
        perform: () => {
          actions.redo()
          return undefined
        },
      },
      {
        id: 'app.theme',
        label: 'common:action.theme',
        group: 'common:group.app',
        perform: () => {
          const dark = document.documentElement.getAttribute('data-mantine-color-scheme') === 'dark'
          preferences.setState({ theme: dark ? 'light' : 'dark' })
          return undefined
        },
      },
    ]
  }, [navigate])
  useActions(own)

  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      const chord = chordOf(event)
      if (isTyping(event.target) && !chord.startsWith('mod+k')) return
      if (actions.performChord(chord)) event.preventDefault()
    }
    // Focus rings are for those who walk by Tab; one who uses the mouse and shortcuts sees none around the picture.
    const walk = (event: KeyboardEvent) => {
      if (event.key === 'Tab') document.documentElement.dataset.walk = 'tab'
    }
    const point = () => {
      delete document.documentElement.dataset.walk
    }
    window.addEventListener('keydown', press)
    window.addEventListener('keydown', walk, true)
    window.addEventListener('pointerdown', point, true)
    return () => {
      window.removeEventListener('keydown', press)
      window.removeEventListener('keydown', walk, true)
      window.removeEventListener('pointerdown', point, true)
    }
  }, [])
}

function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  if (target.isContentEditable || target.tagName === 'TEXTAREA' || target.tagName === 'SELECT') return true
  return target instanceof HTMLInputElement && !['checkbox', 'radio', 'range', 'button'].includes(target.type)
}
