// Whether the address sanitizer watches, for compilers that say so in two ways.
#pragma once

#if defined(__SANITIZE_ADDRESS__)
#define FN_ADDRESS_SANITIZER 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define FN_ADDRESS_SANITIZER 1
#endif
#endif
#ifndef FN_ADDRESS_SANITIZER
#define FN_ADDRESS_SANITIZER 0
#endif
