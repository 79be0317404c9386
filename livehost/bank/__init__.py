"""A folder of sounds → one preloaded block, a manifest, features per item, a cache.

`load` opens a bank: `scan` lists the folder, `build` has its files decoded, cut and measured (`decode`, `slice`,
`measure`) into a `sink`, `store` keeps it by its content. `layout` says what a bank is.
"""
