/** The same edges and volumes as a soft body of jolt-physics, on one thread. */
import initJolt from 'jolt-physics/wasm-compat'
import { DAMPING, type EdgeVolumeMesh, GRAVITY, ITERATIONS, type RaceBody, TICK_S } from './edgevolume.ts'

const LAYER = 0

/** Jolt with gravity and nothing to collide with. */
async function openJolt() {
  const jolt = await initJolt()
  const settings = new jolt.JoltSettings()
  const pairs = new jolt.ObjectLayerPairFilterTable(1)
  const broad = new jolt.BroadPhaseLayerInterfaceTable(1, 1)
  broad.MapObjectToBroadPhaseLayer(LAYER, new jolt.BroadPhaseLayer(0))
  settings.mObjectLayerPairFilter = pairs
  settings.mBroadPhaseLayerInterface = broad
  settings.mObjectVsBroadPhaseLayerFilter = new jolt.ObjectVsBroadPhaseLayerFilterTable(broad, 1, pairs, 1)
  const engine = new jolt.JoltInterface(settings)
  jolt.destroy(settings)
  engine.GetPhysicsSystem().SetGravity(new jolt.Vec3(0, GRAVITY, 0))
  return { jolt, engine }
}

export async function joltBody(mesh: EdgeVolumeMesh): Promise<RaceBody> {
  const { jolt, engine } = await openJolt()
  const shared = new jolt.SoftBodySharedSettings()
  const vertex = new jolt.SoftBodySharedSettingsVertex()
  const count = mesh.weights.length
  for (let p = 0; p < count; p++) {
    const { mPosition } = vertex
    mPosition.x = mesh.positions[p * 3]
    mPosition.y = mesh.positions[p * 3 + 1]
    mPosition.z = mesh.positions[p * 3 + 2]
    vertex.mInvMass = mesh.weights[p]
    shared.mVertices.push_back(vertex)
  }
  for (let e = 0; e < mesh.lengths.length; e++) {
    const edge = new jolt.SoftBodySharedSettingsEdge(mesh.edges[e * 2], mesh.edges[e * 2 + 1], mesh.edgeCompliance)
    shared.mEdgeConstraints.push_back(edge)
    jolt.destroy(edge)
  }
  for (let t = 0; t < mesh.sixVolumes.length; t++) {
    const [a, b, c, d] = mesh.tetrahedra.subarray(t * 4, t * 4 + 4)
    const volume = new jolt.SoftBodySharedSettingsVolume(a, b, c, d, mesh.volumeCompliance)
    shared.mVolumeConstraints.push_back(volume)
    jolt.destroy(volume)
  }
  shared.CalculateEdgeLengths()
  shared.CalculateVolumeConstraintVolumes()
  shared.Optimize()
  const creation = new jolt.SoftBodyCreationSettings(
    shared,
    new jolt.RVec3(0, 0, 0),
    jolt.Quat.prototype.sIdentity(),
    LAYER,
  )
  creation.mNumIterations = ITERATIONS
  creation.mLinearDamping = DAMPING
  creation.mUpdatePosition = false
  creation.mAllowSleeping = false
  creation.mVertexRadius = 0
  const bodies = engine.GetPhysicsSystem().GetBodyInterface()
  const body = bodies.CreateSoftBody(creation)
  bodies.AddBody(body.GetID(), jolt.EActivation_Activate)
  const motion = jolt.castObject(body.GetMotionProperties(), jolt.SoftBodyMotionProperties)
  return {
    step: () => engine.Step(TICK_S, 1),
    read() {
      const all = new Float64Array(count * 3)
      for (let p = 0; p < count; p++) {
        const { mPosition } = motion.GetVertex(p)
        all[p * 3] = mPosition.GetX()
        all[p * 3 + 1] = mPosition.GetY()
        all[p * 3 + 2] = mPosition.GetZ()
      }
      return all
    },
  }
}
