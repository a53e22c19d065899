/*
 * Stands in for libicudata, 31 MB of tables about languages: uwsgi links to it through libxml2, and nothing in the machine asks it anything.
 * ICU finds its data through this one symbol, and takes an empty header for data that it cannot use.
 */
const unsigned char icudt72_dat[64] __attribute__((aligned(16))) = {0};
