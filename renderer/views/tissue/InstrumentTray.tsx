import { Text, Title } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { INSTRUMENTS, type Instrument } from '../../../core/simulation/tissue/tools/catalogue.ts'
import { shownMm, TrayPicture } from './draw/traypicture.ts'

/** How far jaws stand open while nobody points at them. */
const OPEN = 0.75
const SCALE_MM = 10

/** All instruments on one page: working end, name, what it is for. Pointing at one closes its jaws. */
export function InstrumentTray() {
  const { t } = useTranslation('tissue')
  const canvas = useRef<HTMLCanvasElement>(null)
  const grid = useRef<HTMLUListElement>(null)
  const [closed, setClosed] = useState('')
  const picture = useRef<TrayPicture | null>(null)

  useEffect(() => {
    const made = canvas.current && new TrayPicture(canvas.current)
    picture.current = made
    return () => {
      made?.dispose()
      picture.current = null
    }
  }, [])
  useEffect(() => {
    const list = grid.current
    if (!list) return undefined
    const draw = () => drawTray(picture.current, list, closed)
    draw()
    const watch = new ResizeObserver(draw)
    watch.observe(list)
    return () => watch.disconnect()
  }, [closed])

  return (
    <div className="sina-page">
      <div className="tissue-list">
        <header>
          <Link to="/tissue" className="tissue-home">
            <IconArrowLeft size={16} aria-hidden /> {t('all')}
          </Link>
          <Title order={1}>{t('tray.title')}</Title>
          <Text c="dimmed">{t('tray.lead')}</Text>
        </header>
        <div className="tissue-instruments">
          <canvas ref={canvas} className="tissue-ends" aria-hidden />
          <ul ref={grid}>
            {INSTRUMENTS.map((instrument) => (
              <li
                key={instrument.name}
                data-name={instrument.name}
                onPointerEnter={() => setClosed(instrument.name)}
                onPointerLeave={() => setClosed('')}
              >
                <Card instrument={instrument} />
              </li>
            ))}
          </ul>
        </div>
      </div>
    </div>
  )
}

function Card({ instrument }: { readonly instrument: Instrument }) {
  const { t } = useTranslation('tissue')
  const { name, shaftRadius, length } = instrument
  return (
    <article aria-label={t(`instrument.${name}`)}>
      <div className="tissue-end">
        <i className="tissue-scale" style={{ width: `${(SCALE_MM / shownMm(instrument)) * 100}%` }} aria-hidden />
      </div>
      <Title order={2}>{t(`instrument.${name}`)}</Title>
      <Text size="sm">{t(`use.${name}`)}</Text>
      <Text size="sm" c="dimmed">
        {t('tray.size', {
          mm: (shaftRadius * 2000).toFixed(shaftRadius < 0.002 ? 1 : 0),
          cm: (length * 100).toFixed(0),
        })}
      </Text>
    </article>
  )
}

function drawTray(picture: TrayPicture | null, list: HTMLUListElement, closed: string): void {
  const whole = list.getBoundingClientRect()
  const cells = [...list.children].map((item) => {
    const name = (item as HTMLElement).dataset.name ?? ''
    const { x, y, width, height } = item.querySelector('.tissue-end')?.getBoundingClientRect() ?? whole
    return { name, x: x - whole.x, y: y - whole.y, width, height, jaw: name === closed ? 0 : OPEN }
  })
  picture?.draw(whole.width, whole.height, cells)
}
