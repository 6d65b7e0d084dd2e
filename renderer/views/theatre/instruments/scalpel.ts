import { ExtrudeGeometry, Group, Mesh, Path, Shape } from 'three'
import { mergeAlike } from './merge.ts'
import type { InstrumentModel } from './model.ts'
import { edgeSteel, steel } from './surfaces.ts'

const MM = 0.001

/** Scalpel with a No. 10 blade on a No. 3 handle. Frame: tip at the origin, handle towards +Z, cutting edge towards −Y. */
export function buildScalpel(): InstrumentModel {
  const group = new Group()
  group.add(blade(), ground(), ...handle())
  return { group: mergeAlike(group), setJaw: () => {} }
}

/** The profile is drawn in (z, y) and turned so that thickness lies along x. */
function solid(shape: Shape, depthMm: number, bevelMm: number): ExtrudeGeometry {
  const geometry = new ExtrudeGeometry(shape, {
    depth: depthMm,
    bevelEnabled: bevelMm > 0,
    bevelThickness: bevelMm,
    bevelSize: bevelMm,
    bevelSegments: 1,
    curveSegments: 10,
  })
  geometry.translate(0, 0, -depthMm / 2)
  geometry.rotateY(-Math.PI / 2)
  geometry.scale(MM, MM, MM)
  return geometry
}

function blade(): Mesh {
  const shape = new Shape()
  shape.moveTo(0, 0)
  shape.lineTo(26, 1.2)
  shape.lineTo(34, 1)
  shape.lineTo(34, -4.2)
  shape.lineTo(25, -5.6)
  shape.lineTo(14, -5.6)
  shape.quadraticCurveTo(3.5, -5.2, 0, 0)
  const slot = new Path()
  slot.moveTo(22, -0.9)
  slot.lineTo(33, -0.9)
  slot.lineTo(33, -2.6)
  slot.lineTo(22, -2.6)
  slot.closePath()
  shape.holes.push(slot)
  return new Mesh(solid(shape, 0.34, 0.06), steel())
}

/** The ground bevel along the belly: a separate brighter strip makes the edge readable at a glance. */
function ground(): Mesh {
  const shape = new Shape()
  shape.moveTo(0, 0)
  shape.quadraticCurveTo(3.5, -5.2, 14, -5.75)
  shape.lineTo(25, -5.75)
  shape.lineTo(25, -4.5)
  shape.lineTo(14, -4.4)
  shape.quadraticCurveTo(5.6, -4, 0, 0)
  return new Mesh(solid(shape, 0.2, 0.16), edgeSteel())
}

function handle(): Mesh[] {
  const material = steel()
  const neck = new Shape()
  neck.moveTo(22, -0.9)
  neck.lineTo(31, -0.6)
  neck.lineTo(37, 1.4)
  neck.quadraticCurveTo(46, 2.6, 60, 2.4)
  neck.quadraticCurveTo(110, 2.2, 142, 1.2)
  neck.quadraticCurveTo(150, 0.2, 150, -2)
  neck.quadraticCurveTo(150, -4.4, 142, -5.2)
  neck.quadraticCurveTo(110, -7, 60, -7.4)
  neck.quadraticCurveTo(46, -7.4, 38, -5.4)
  neck.lineTo(33, -2.7)
  neck.lineTo(22, -2.6)
  neck.closePath()
  const parts = [new Mesh(solid(neck, 1.7, 0.45), material)]
  for (let i = 0; i < 9; i++) {
    const rib = new Shape()
    const z = 46 + i * 3.2
    rib.moveTo(z, 1.6)
    rib.lineTo(z + 1.2, 1.6)
    rib.lineTo(z + 1.2, -6.4)
    rib.lineTo(z, -6.4)
    rib.closePath()
    parts.push(new Mesh(solid(rib, 3.2, 0), material))
  }
  return parts
}
