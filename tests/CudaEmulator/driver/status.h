// The results of the driver's functions that the emulated driver gives.
#pragma once

namespace emulator
{
    enum Status : int
    {
        Success = 0,
        InvalidValue = 1,
        OutOfMemory = 2,
        NotInitialized = 3,
        NoDevice = 100,
        InvalidDevice = 101,
        InvalidImage = 200,
        InvalidContext = 201,
        InvalidPtx = 218,
        UnsupportedPtxVersion = 222,
        InvalidHandle = 400,
        IllegalState = 401,
        NotFound = 500,
        NotReady = 600,
        IllegalAddress = 700,
        LaunchOutOfResources = 701,
        ContextIsDestroyed = 709,
        LaunchFailed = 719,
        CaptureUnsupported = 900,
        CaptureInvalidated = 901,
        CaptureMerge = 902,
        CaptureUnmatched = 903,
        CaptureUnjoined = 904,
        CaptureIsolation = 905,
        CaptureImplicit = 906,
        CapturedEvent = 907,
        CaptureWrongThread = 908,
    };
}
