import { useEffect, useRef } from 'react'
import { usePreferences } from '../../app/preferences.ts'
import type { Atlas } from '../../scene/atlas.ts'
import { type CameraControl, FIELD_OF_VIEW } from '../../scene/cameracontrol.ts'
import { project } from '../../scene/orbit.ts'
import { useAtlasState } from './atlasstore.ts'
import { type Anchor, placeLabels } from './labels.ts'

const MOST_LANDMARKS = 12
/** Width of the panel that opens with a selection. */
const INFO_PX = 350

/** Names of the selected structure's landmarks, outside the body, with leader lines that never cross. */
export function Callouts({ atlas, control }: { atlas: Atlas; control: CameraControl }) {
  const selected = useAtlasState((state) => state.dissection.selected)
  const quiz = useAtlasState((state) => state.quiz)
  const language = usePreferences((value) => value.terms)
  const svg = useRef<SVGSVGElement>(null)
  const structure = selected && !quiz ? atlas.byId.get(selected) : undefined

  useEffect(() => {
    const root = svg.current
    if (!root || !structure) return
    const points = structure.landmarks.slice(0, MOST_LANDMARKS).map((landmark) => ({
      at: landmark.at,
      text: landmark.terms[language] || landmark.terms.english || landmark.id,
    }))
    const draw = () => {
      const width = root.clientWidth
      const height = root.clientHeight
      const anchors: Anchor[] = points.flatMap(({ at, text }) => {
        const place = project(control.view, at, FIELD_OF_VIEW, control.aspect)
        if (!place || Math.abs(place[0]) > 1 || Math.abs(place[1]) > 1) return []
        return [{ x: ((place[0] + 1) / 2) * width, y: ((1 - place[1]) / 2) * height, text }]
      })
      paint(root, placeLabels(anchors, { left: width * control.covered.left, right: width - INFO_PX }, height))
    }
    draw()
    const observer = new ResizeObserver(draw)
    observer.observe(root)
    const stop = control.subscribe(draw)
    return () => {
      observer.disconnect()
      stop()
    }
  }, [structure, language, control])

  if (!structure) return null
  return <svg ref={svg} className="sina-callouts" aria-hidden="true" />
}

const NS = 'http://www.w3.org/2000/svg'

function paint(root: SVGSVGElement, labels: ReturnType<typeof placeLabels>): void {
  root.replaceChildren(
    ...labels.flatMap(({ x, y, labelX, labelY, side, text }) => {
      const line = document.createElementNS(NS, 'polyline')
      const elbow = side === 'left' ? labelX + 14 : labelX - 14
      line.setAttribute('points', `${labelX},${labelY} ${elbow},${labelY} ${x},${y}`)
      const dot = document.createElementNS(NS, 'circle')
      dot.setAttribute('cx', String(x))
      dot.setAttribute('cy', String(y))
      dot.setAttribute('r', '3')
      const words = document.createElementNS(NS, 'text')
      words.setAttribute('x', String(side === 'left' ? labelX - 6 : labelX + 6))
      words.setAttribute('y', String(labelY + 5))
      words.setAttribute('text-anchor', side === 'left' ? 'end' : 'start')
      words.textContent = text
      return [line, dot, words]
    }),
  )
}
