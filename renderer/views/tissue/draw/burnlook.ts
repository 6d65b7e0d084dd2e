/**
 * What heat does to the look of tissue, as it goes on: protein pales and turns dull, dries to brown, chars to black. Both
 * figures are smooth over the surface; the pattern breaks their edges up, so that no shape of the mesh shows.
 */
export const burnt = /* glsl */ `
if (vBurn.x > 0.002) {
  float coarse = noised(bodyPoint * 330.0 + 7.7).x;
  float fine = noised(bodyPoint * 1150.0).x;
  float grainy = (coarse - 0.5) * 0.62 + (fine - 0.5) * 0.38;
  float cooked = smoothstep(0.3, 0.86, vBurn.x + grainy * 0.42);
  float dry = smoothstep(0.1, 0.62, vBurn.y + grainy * 0.4);
  float charred = smoothstep(0.52, 1.05, vBurn.y + grainy * 0.55);
  // Around a burn vessels fill.
  float flushed = smoothstep(0.02, 0.2, vBurn.x + grainy * 0.12) * (1.0 - cooked);
  tissue.colour = mix(tissue.colour, tissue.colour * vec3(1.15, 0.62, 0.6), flushed * 0.75);
  float light = dot(tissue.colour, vec3(0.3, 0.5, 0.2));
  vec3 pale = vec3(0.5, 0.405, 0.3) * (0.72 + 0.5 * coarse) + light * 0.22;
  tissue.colour = mix(tissue.colour, pale, cooked * 0.86);
  vec3 brown = mix(vec3(0.2, 0.1, 0.045), vec3(0.09, 0.038, 0.017), fine);
  tissue.colour = mix(tissue.colour, brown, dry * 0.94);
  tissue.colour = mix(tissue.colour, vec3(0.011, 0.009, 0.008) * (0.6 + fine), charred);
  tissue.roughness = mix(mix(tissue.roughness, 0.55, cooked), 0.86 - 0.2 * fine, max(dry, charred));
  tissue.clearcoat *= (1.0 - 0.75 * cooked) * (1.0 - dry);
  vec4 crust = noised(bodyPoint * 820.0 + 1.9);
  tissue.slope += crust.yzw * (0.16 * cooked + 0.55 * charred);
}
`
