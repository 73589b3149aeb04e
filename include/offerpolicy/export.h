/* SPDX-License-Identifier: MIT */
/**
 * @file
 * What every other header needs: which symbols leave the library, how the compiler may check a
 * call, and the version of the library that a program is compiled for.
 */
#ifndef OFFERPOLICY_EXPORT_H
#define OFFERPOLICY_EXPORT_H

#define OFP_VERSION_MAJOR 0
#define OFP_VERSION_MINOR 1
#define OFP_VERSION_PATCH 0
#define OFP_VERSION_STRING "0.1.0"

#if defined(SWIG)
#define OFP_API
#define OFP_PRINTF(format_index, first_argument)
#elif defined(__GNUC__)
#define OFP_API __attribute__((visibility("default")))
#define OFP_PRINTF(format_index, first_argument) \
    __attribute__((format(printf, format_index, first_argument)))
#else
#define OFP_API
#define OFP_PRINTF(format_index, first_argument)
#endif

#ifdef __cplusplus
extern "C" {
#endif

/**
 * The version of the library that is running, for example "0.1.0"; OFP_VERSION_STRING is that of
 * the headers. The text is static. Any thread may ask.
 */
OFP_API const char *ofp_version(void);

#ifdef __cplusplus
}
#endif

#endif
