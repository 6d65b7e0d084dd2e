import { Group, Mesh, MeshPhysicalMaterial, TorusGeometry } from 'three'
import { TROCAR } from '../../../../core/simulation/tissue/tools/port.ts'
import { mergeAlike } from '../../theatre/instruments/merge.ts'
import { plastic } from '../../theatre/instruments/surfaces.ts'
import { hollowDark, MM, rod } from './parts.ts'

/** A trocar: ribbed tube, valve housing and gas tap. Frame: where it turns at the origin, out of the body towards +Z. */
export function buildTrocar(): Group {
  const group = new Group()
  const r = TROCAR.radius / MM
  const [inside, outside] = [-TROCAR.inside / MM, TROCAR.outside / MM]
  const tube = new MeshPhysicalMaterial({ color: '#b9c6cc', roughness: 0.28, clearcoat: 0.7, clearcoatRoughness: 0.2 })
  const head = plastic('#e6ebec')
  group.add(
    new Mesh(rod(inside, outside, r * 0.96, r), tube),
    new Mesh(rod(inside - 0.05, inside + 0.1, r * 0.8), hollowDark()),
    new Mesh(rod(outside - 1, outside + 6, r, 10), head),
    new Mesh(rod(outside + 6, outside + 30, 11, 12, 40), head),
    new Mesh(rod(outside + 30, outside + 34, 10, 8, 40), plastic('#3c6f8f')),
    new Mesh(rod(outside + 33.9, outside + 34.2, 4.2), hollowDark()),
  )
  // Ribs keep it from sliding in the wall.
  for (let z = inside + 6; z < outside; z += 4)
    group.add(new Mesh(new TorusGeometry(r * 0.99 * MM, 0.35 * MM, 8, 36).translate(0, 0, z * MM), tube))
  const tap = rod(0, 18, 2.4, 2.8)
  tap.rotateX(-Math.PI / 2).translate(0, 9 * MM, (outside + 18) * MM)
  const lever = rod(-7, 7, 1.6)
  lever.rotateY(Math.PI / 2).translate(0, 22 * MM, (outside + 18) * MM)
  group.add(new Mesh(tap, head), new Mesh(lever, plastic('#2f6fb5')))
  return mergeAlike(group)
}
