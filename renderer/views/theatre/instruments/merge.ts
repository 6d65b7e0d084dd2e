import { type BufferGeometry, type Group, Mesh, type MeshPhysicalMaterial, type MeshStandardMaterial } from 'three'
import { mergeGeometries } from 'three/examples/jsm/utils/BufferGeometryUtils.js'

type Look = MeshStandardMaterial | MeshPhysicalMaterial

/**
 * Makes one mesh of the meshes in a group that look alike: a drawing costs by the number of meshes, not of triangles.
 * Groups inside it move on their own and are left alone.
 */
export function mergeAlike<T extends Group>(group: T): T {
  const alike = new Map<string, Mesh[]>()
  for (const part of [...group.children]) {
    if (!(part instanceof Mesh)) continue
    const key = lookOf(part)
    const meshes = alike.get(key)
    if (meshes) meshes.push(part)
    else alike.set(key, [part])
  }
  for (const meshes of alike.values()) {
    if (meshes.length < 2) continue
    const geometry = mergeGeometries(meshes.map(placed))
    if (!geometry) continue
    const [first] = meshes
    const whole = new Mesh(geometry, first.material)
    whole.receiveShadow = first.receiveShadow
    whole.castShadow = first.castShadow
    for (const mesh of meshes) mesh.geometry.dispose()
    group.remove(...meshes)
    group.add(whole)
  }
  return group
}

function lookOf({ material, receiveShadow }: Mesh): string {
  const look = material as Look
  return [
    look.type,
    look.color.getHex(),
    look.roughness,
    look.metalness,
    look.opacity,
    look.side,
    look.emissiveIntensity * look.emissive.getHex(),
    look.vertexColors,
    receiveShadow,
  ].join()
}

/** A mesh's form where the mesh stands: position and normal only, so that forms of any maker go together. */
function placed(mesh: Mesh): BufferGeometry {
  mesh.updateMatrix()
  const source = mesh.geometry as BufferGeometry
  const geometry = (source.index ? source.toNonIndexed() : source.clone()).applyMatrix4(mesh.matrix)
  for (const name of Object.keys(geometry.attributes))
    if (name !== 'position' && name !== 'normal' && name !== 'color') geometry.deleteAttribute(name)
  return geometry
}
