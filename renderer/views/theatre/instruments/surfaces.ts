import { Color, DoubleSide, MeshPhysicalMaterial, MeshStandardMaterial } from 'three'

/** Satin surgical steel. */
export function steel(): MeshStandardMaterial {
  return new MeshStandardMaterial({ color: new Color('#c9cdd0'), metalness: 0.62, roughness: 0.34 })
}

/** Brighter ground steel of a cutting edge. */
export function edgeSteel(): MeshStandardMaterial {
  return new MeshStandardMaterial({ color: new Color('#eef1f3'), metalness: 0.7, roughness: 0.2 })
}

/** Opaque moulded plastic in a given colour. */
export function plastic(colour: string): MeshPhysicalMaterial {
  return new MeshPhysicalMaterial({
    color: new Color(colour),
    roughness: 0.42,
    clearcoat: 0.25,
    clearcoatRoughness: 0.4,
  })
}

/** Clear moulded plastic: drawn as a thin tinted film, because transmission costs a second pass. */
export function clearPlastic(colour = '#dfeff2', opacity = 0.28): MeshPhysicalMaterial {
  return new MeshPhysicalMaterial({
    color: new Color(colour),
    roughness: 0.12,
    clearcoat: 1,
    clearcoatRoughness: 0.1,
    transparent: true,
    opacity,
    side: DoubleSide,
    depthWrite: false,
  })
}

/** Nitrile glove. */
export function nitrile(): MeshPhysicalMaterial {
  return new MeshPhysicalMaterial({
    color: new Color('#3f7fb0'),
    roughness: 0.5,
    clearcoat: 0.35,
    clearcoatRoughness: 0.35,
    sheen: 0.3,
    sheenColor: new Color('#a9d3ee'),
  })
}
