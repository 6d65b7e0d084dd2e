/** Neo-Hookean tetrahedra; kernel source, see `lanes.ts`. */
import {
  add,
  type Count,
  choose,
  div,
  every,
  type F,
  gather,
  gotW,
  gotX,
  gotY,
  gotZ,
  LANES,
  least,
  most,
  mul,
  negative,
  type Ptr,
  root,
  row,
  scatter,
  setLane,
  some,
  sub,
  type V,
} from './lanes.ts'
import { dot } from './vectors.ts'

/**
 * Bytes of a block of four tetrahedra: four rows of vertices, six of the inverse rest matrix, whose frame is turned so that
 * it has nothing below its diagonal (row by row), then 1/(μV) and 1/((λ − μ)V), both Pa⁻¹·m⁻³.
 */
const BLOCK = 192
/** Greatest tr FᵀF: a stretch of about three and a half along one axis. */
const LIMIT: F = 12
/** Least share of a compliance that is left when the constraint's weight is taken off. */
const LEAST: F = 0.2
/** Damping is less than asked for where this times the share of the strain that is left is. */
const DAMPED: F = 2
/** Damping is less where this times Q is below one: of so small a strain rounding chooses the direction. */
const CLEAR: F = 1e10
/** Least weight of the constraint of shape, as a share of that of Q/2's curvature by its vertices. */
export const CURVED: F = 0.75

/** Moves four particles by s·d + t·e times a weight. @param w their inverse inertia, which stays */
// @inline
function push(
  at: Ptr,
  position: Ptr,
  x: V,
  y: V,
  z: V,
  weight: V,
  w: V,
  s: V,
  dx: V,
  dy: V,
  dz: V,
  t: V,
  ex: V,
  ey: V,
  ez: V,
): void {
  const ws = mul(weight, s)
  const wt = mul(weight, t)
  const px = add(x, add(mul(ws, dx), mul(wt, ex)))
  const py = add(y, add(mul(ws, dy), mul(wt, ey)))
  const pz = add(z, add(mul(ws, dz), mul(wt, ez)))
  scatter(at, position, px, py, pz, w)
}

/**
 * One pass over tetrahedra in blocks of four that share no particle: stable neo-Hookean material (Macklin & Müller 2021,
 * doi:10.1145/3487983.3488289), Ψ = μ/2·(tr FᵀF − 3) − μ(J − 1) + λ/2·(J − 1)² with J = det F.
 *
 * The paper's two constraints, √tr FᵀF and J − 1 − μ/λ, do not vanish at rest: they pull against each other, and what
 * is left over works explicitly, which shakes stiff or fine meshes. The same energy splits into two squares that both
 * vanish at rest, Ψ = μ/2·Q + (λ − μ)/2·(J − 1)² with Q = tr FᵀF − 4J + J² ≥ 0, for the price of λ > μ (ν > 0.25).
 * ∂Q/∂F = 2G, G = F + (J − 2)·cof F.
 *
 * One pass from nothing makes a constraint as soft as compliance and weight together, so weight is taken off first, as far
 * as is stable. Of the rate of shape that the substep began with a share is damped; what is still stays in balance. Where
 * the pull takes more than half of the strain, less is damped, in proportion to what it leaves: with the share a pulled
 * away and l of the rate damped, the strain x and its change in a substep y go on as x′ = (1 − a)x + (1 − a − l)y,
 * y′ = −ax + (1 − a − l)y, which swings from substep to substep without end unless 3a + 2l < 4, and several tetrahedra act
 * on a particle: were l the same for all, small pieces would tremble for ever.
 *
 * What is held strained, by tension, a clip or what lies around, finds a least √Q that is not zero. There its derivative
 * vanishes, yet Q is curved as ever: with the weight of the derivative alone the pull would be an explicit force, a would
 * pass one, and free ends of such tissue swung by tenths of a millimetre from substep to substep. Q/2 is curved by vertex i
 * as |m_i|², m_i its row of the inverse rest matrix, so the weight is never less than CURVED of Σ w_i|m_i|²: then a < 4/3.
 * @param perStep 1/h², s⁻² @param h s @param loss, off shares of the rate of shape and of the weight
 */
export function solveTetrahedra(
  blocks: Ptr,
  count: Count,
  position: Ptr,
  velocity: Ptr,
  perStep: F,
  h: F,
  loss: F,
  off: F,
): void {
  const soft = every(perStep)
  const tiny = every(1e-12)
  const light = every(1e-3)
  const few = every(LEAST)
  const one = every(1)
  const damped = every(DAMPED)
  const clear = every(CLEAR)
  const curved = every(CURVED)
  const taken = every(off)
  const lost = every(loss)
  const step = every(h)
  for (let b = 0; b < count; b++) {
    const at: Ptr = blocks + b * BLOCK
    for (let l = 0; l < LANES; l++) {
      setLane(l)
      gather(at, position)
      let x0 = gotX
      let y0 = gotY
      let z0 = gotZ
      const w0 = gotW
      gather(at + 16, position)
      let x1 = gotX
      let y1 = gotY
      let z1 = gotZ
      const w1 = gotW
      gather(at + 32, position)
      let x2 = gotX
      let y2 = gotY
      let z2 = gotZ
      const w2 = gotW
      gather(at + 48, position)
      let x3 = gotX
      let y3 = gotY
      let z3 = gotZ
      const w3 = gotW
      const ax = sub(x1, x0)
      const ay = sub(y1, y0)
      const az = sub(z1, z0)
      const bx = sub(x2, x0)
      const by = sub(y2, y0)
      const bz = sub(z2, z0)
      const cx = sub(x3, x0)
      const cy = sub(y3, y0)
      const cz = sub(z3, z0)
      const m00 = row(at + 64)
      const m01 = row(at + 80)
      const m02 = row(at + 96)
      const m11 = row(at + 112)
      const m12 = row(at + 128)
      const m22 = row(at + 144)
      // Columns f, g, k of F = [a b c]·M.
      let fx = mul(ax, m00)
      let fy = mul(ay, m00)
      let fz = mul(az, m00)
      let gx = add(mul(ax, m01), mul(bx, m11))
      let gy = add(mul(ay, m01), mul(by, m11))
      let gz = add(mul(az, m01), mul(bz, m11))
      let kx = add(add(mul(ax, m02), mul(bx, m12)), mul(cx, m22))
      let ky = add(add(mul(ay, m02), mul(by, m12)), mul(cy, m22))
      let kz = add(add(mul(az, m02), mul(bz, m12)), mul(cz, m22))
      let square = add(
        add(add(add(mul(fx, fx), mul(fy, fy)), mul(fz, fz)), add(add(mul(gx, gx), mul(gy, gy)), mul(gz, gz))),
        add(add(mul(kx, kx), mul(ky, ky)), mul(kz, kz)),
      )
      const beyond = sub(square, every(LIMIT))
      if (some(beyond)) {
        // The strain limit: all four are drawn to their centre of mass.
        const m0 = div(every(1), most(w0, light))
        const m1 = div(every(1), most(w1, light))
        const m2 = div(every(1), most(w2, light))
        const m3 = div(every(1), most(w3, light))
        const whole = div(every(1), add(add(m0, m1), add(m2, m3)))
        const keep = root(div(every(LIMIT), most(square, every(LIMIT))))
        const lose = sub(every(1), keep)
        const mx = mul(whole, add(add(mul(m0, x0), mul(m1, x1)), add(mul(m2, x2), mul(m3, x3))))
        const my = mul(whole, add(add(mul(m0, y0), mul(m1, y1)), add(mul(m2, y2), mul(m3, y3))))
        const mz = mul(whole, add(add(mul(m0, z0), mul(m1, z1)), add(mul(m2, z2), mul(m3, z3))))
        x0 = choose(mul(beyond, w0), add(x0, mul(lose, sub(mx, x0))), x0)
        y0 = choose(mul(beyond, w0), add(y0, mul(lose, sub(my, y0))), y0)
        z0 = choose(mul(beyond, w0), add(z0, mul(lose, sub(mz, z0))), z0)
        x1 = choose(mul(beyond, w1), add(x1, mul(lose, sub(mx, x1))), x1)
        y1 = choose(mul(beyond, w1), add(y1, mul(lose, sub(my, y1))), y1)
        z1 = choose(mul(beyond, w1), add(z1, mul(lose, sub(mz, z1))), z1)
        x2 = choose(mul(beyond, w2), add(x2, mul(lose, sub(mx, x2))), x2)
        y2 = choose(mul(beyond, w2), add(y2, mul(lose, sub(my, y2))), y2)
        z2 = choose(mul(beyond, w2), add(z2, mul(lose, sub(mz, z2))), z2)
        x3 = choose(mul(beyond, w3), add(x3, mul(lose, sub(mx, x3))), x3)
        y3 = choose(mul(beyond, w3), add(y3, mul(lose, sub(my, y3))), y3)
        z3 = choose(mul(beyond, w3), add(z3, mul(lose, sub(mz, z3))), z3)
        fx = choose(beyond, mul(keep, fx), fx)
        fy = choose(beyond, mul(keep, fy), fy)
        fz = choose(beyond, mul(keep, fz), fz)
        gx = choose(beyond, mul(keep, gx), gx)
        gy = choose(beyond, mul(keep, gy), gy)
        gz = choose(beyond, mul(keep, gz), gz)
        kx = choose(beyond, mul(keep, kx), kx)
        ky = choose(beyond, mul(keep, ky), ky)
        kz = choose(beyond, mul(keep, kz), kz)
        square = choose(beyond, every(LIMIT), square)
      }
      // Cofactors: the derivative of det F by its columns.
      const px = sub(mul(gy, kz), mul(gz, ky))
      const py = sub(mul(gz, kx), mul(gx, kz))
      const pz = sub(mul(gx, ky), mul(gy, kx))
      const qx = sub(mul(ky, fz), mul(kz, fy))
      const qy = sub(mul(kz, fx), mul(kx, fz))
      const qz = sub(mul(kx, fy), mul(ky, fx))
      const rx = sub(mul(fy, gz), mul(fz, gy))
      const ry = sub(mul(fz, gx), mul(fx, gz))
      const rz = sub(mul(fx, gy), mul(fy, gx))
      const volume = add(add(mul(fx, px), mul(fy, py)), mul(fz, pz))
      const compress = sub(volume, every(1))
      const k1 = sub(volume, every(2))
      // Columns of G.
      const sx = add(fx, mul(k1, px))
      const sy = add(fy, mul(k1, py))
      const sz = add(fz, mul(k1, pz))
      const tx = add(gx, mul(k1, qx))
      const ty = add(gy, mul(k1, qy))
      const tz = add(gz, mul(k1, qz))
      const ux = add(kx, mul(k1, rx))
      const uy = add(ky, mul(k1, ry))
      const uz = add(kz, mul(k1, rz))
      // Near rest Q drowns in rounding, and half of |G|² stands for it.
      const exact = add(square, mul(volume, sub(volume, every(4))))
      const small = add(
        add(add(add(mul(sx, sx), mul(sy, sy)), mul(sz, sz)), add(add(mul(tx, tx), mul(ty, ty)), mul(tz, tz))),
        add(add(mul(ux, ux), mul(uy, uy)), mul(uz, uz)),
      )
      const strain2 = choose(sub(exact, every(1e-4)), exact, most(mul(small, every(0.5)), tiny))
      // By the vertices: d of Q/2, e of J; those of the first one are the sum of the others, turned about.
      const d1x = add(add(mul(sx, m00), mul(tx, m01)), mul(ux, m02))
      const d1y = add(add(mul(sy, m00), mul(ty, m01)), mul(uy, m02))
      const d1z = add(add(mul(sz, m00), mul(tz, m01)), mul(uz, m02))
      const d2x = add(mul(tx, m11), mul(ux, m12))
      const d2y = add(mul(ty, m11), mul(uy, m12))
      const d2z = add(mul(tz, m11), mul(uz, m12))
      const d3x = mul(ux, m22)
      const d3y = mul(uy, m22)
      const d3z = mul(uz, m22)
      const e1x = add(add(mul(px, m00), mul(qx, m01)), mul(rx, m02))
      const e1y = add(add(mul(py, m00), mul(qy, m01)), mul(ry, m02))
      const e1z = add(add(mul(pz, m00), mul(qz, m01)), mul(rz, m02))
      const e2x = add(mul(qx, m11), mul(rx, m12))
      const e2y = add(mul(qy, m11), mul(ry, m12))
      const e2z = add(mul(qz, m11), mul(rz, m12))
      const e3x = mul(rx, m22)
      const e3y = mul(ry, m22)
      const e3z = mul(rz, m22)
      const d0x = add(add(d1x, d2x), d3x)
      const d0y = add(add(d1y, d2y), d3y)
      const d0z = add(add(d1z, d2z), d3z)
      const e0x = add(add(e1x, e2x), e3x)
      const e0y = add(add(e1y, e2y), e3y)
      const e0z = add(add(e1z, e2z), e3z)
      const dd2 = add(
        add(mul(w0, dot(d0x, d0y, d0z, d0x, d0y, d0z)), mul(w1, dot(d1x, d1y, d1z, d1x, d1y, d1z))),
        add(mul(w2, dot(d2x, d2y, d2z, d2x, d2y, d2z)), mul(w3, dot(d3x, d3y, d3z, d3x, d3y, d3z))),
      )
      const de = add(
        add(mul(w0, dot(d0x, d0y, d0z, e0x, e0y, e0z)), mul(w1, dot(d1x, d1y, d1z, e1x, e1y, e1z))),
        add(mul(w2, dot(d2x, d2y, d2z, e2x, e2y, e2z)), mul(w3, dot(d3x, d3y, d3z, e3x, e3y, e3z))),
      )
      const ee = add(
        add(mul(w0, dot(e0x, e0y, e0z, e0x, e0y, e0z)), mul(w1, dot(e1x, e1y, e1z, e1x, e1y, e1z))),
        add(mul(w2, dot(e2x, e2y, e2z, e2x, e2y, e2z)), mul(w3, dot(e3x, e3y, e3z, e3x, e3y, e3z))),
      )
      const n1 = add(m01, m11)
      const n2 = add(add(m02, m12), m22)
      const curve = add(
        add(mul(w0, dot(m00, n1, n2, m00, n1, n2)), mul(w1, dot(m00, m01, m02, m00, m01, m02))),
        add(mul(w2, add(mul(m11, m11), mul(m12, m12))), mul(w3, mul(m22, m22))),
      )
      const weight = most(div(dd2, strain2), mul(curved, curve))
      // Shape first; the volume answers for what that does to it.
      const give = mul(row(at + 160), soft)
      const bulk = mul(row(at + 176), soft)
      const stiff = most(mul(few, give), sub(give, mul(taken, weight)))
      const slack = div(one, add(weight, stiff))
      const firm = most(mul(few, bulk), sub(bulk, mul(taken, ee)))
      const t = div(sub(mul(de, slack), compress), add(ee, firm))
      gather(at, velocity)
      const v0x = gotX
      const v0y = gotY
      const v0z = gotZ
      const i0 = gotW
      gather(at + 16, velocity)
      const v1x = gotX
      const v1y = gotY
      const v1z = gotZ
      const i1 = gotW
      gather(at + 32, velocity)
      const v2x = gotX
      const v2y = gotY
      const v2z = gotZ
      const i2 = gotW
      gather(at + 48, velocity)
      const v3x = gotX
      const v3y = gotY
      const v3z = gotZ
      const i3 = gotW
      const rate = add(
        dot(d1x, d1y, d1z, v1x, v1y, v1z),
        sub(
          add(dot(d2x, d2y, d2z, v2x, v2y, v2z), dot(d3x, d3y, d3z, v3x, v3y, v3z)),
          dot(d0x, d0y, d0z, v0x, v0y, v0z),
        ),
      )
      const left = mul(least(one, mul(strain2, clear)), least(one, mul(mul(damped, stiff), slack)))
      const brake = div(mul(mul(lost, left), rate), most(dd2, tiny))
      const s = negative(add(slack, mul(brake, step)))
      const b0 = mul(brake, w0)
      const b1 = mul(brake, w1)
      const b2 = mul(brake, w2)
      const b3 = mul(brake, w3)
      scatter(at, velocity, add(v0x, mul(b0, d0x)), add(v0y, mul(b0, d0y)), add(v0z, mul(b0, d0z)), i0)
      scatter(at + 16, velocity, sub(v1x, mul(b1, d1x)), sub(v1y, mul(b1, d1y)), sub(v1z, mul(b1, d1z)), i1)
      scatter(at + 32, velocity, sub(v2x, mul(b2, d2x)), sub(v2y, mul(b2, d2y)), sub(v2z, mul(b2, d2z)), i2)
      scatter(at + 48, velocity, sub(v3x, mul(b3, d3x)), sub(v3y, mul(b3, d3y)), sub(v3z, mul(b3, d3z)), i3)
      push(at, position, x0, y0, z0, negative(w0), w0, s, d0x, d0y, d0z, t, e0x, e0y, e0z)
      push(at + 16, position, x1, y1, z1, w1, w1, s, d1x, d1y, d1z, t, e1x, e1y, e1z)
      push(at + 32, position, x2, y2, z2, w2, w2, s, d2x, d2y, d2z, t, e2x, e2y, e2z)
      push(at + 48, position, x3, y3, z3, w3, w3, s, d3x, d3y, d3z, t, e3x, e3y, e3z)
    }
  }
}
